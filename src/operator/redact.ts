import type { JsonObject } from '../contract/encode.ts'
import { protectedMembers } from '../contract/redact.ts'

const hidden: ReadonlySet<string> = new Set([...protectedMembers, 'secretAccessKey', 'logo'])

/**
 * What the audit trail keeps of an operator's request or of its answer: the same that it keeps of a customer's, and
 * nothing of what is null.
 * @source behaviour catalogue G.4
 */
export function redact(value: object): JsonObject {
  // What comes in has been JSON, what goes out becomes JSON.
  return JSON.parse(JSON.stringify(value), (member, each: unknown) => {
    if (each === null) return undefined
    if (hidden.has(member)) return '[PROTECTED]'
    return member === 'asn' ? -1 : each
  }) as JsonObject
}

import { encoder, type JsonObject } from './encode.ts'
import { operations } from './operations.ts'
import type { StructureName } from './structures.ts'
import type { Input, OperationName, Output, Shape } from './types.ts'

/** Members that hold a key: encrypted where they are stored, never logged, never quoted in a message. */
export const secretMembers = ['authKey', 'cak'] as const

/**
 * Members that a record shows as `[PROTECTED]`. CloudTrail hides these, but for `cak`, which it never sees: a MACsec
 * key's other members, `ckn` and `secretARN`, only name it, and whoever reads the record needs to know which one it was.
 * `customerRouterConfig` quotes an `authKey`, so that it belongs in no log either.
 */
export const protectedMembers = [...secretMembers, 'customerAddress', 'amazonAddress', 'customerRouterConfig'] as const

// CloudTrail shows an ASN as -1. asnLong is the same number under a later name, so that its rule is the same.
const isAsn = new Set(['asn', 'asnLong'])
const isProtected = new Set<string>(protectedMembers)

const write = encoder((member, type) => {
  // Blobs are documents (letters): a record says that one was handed out, not what it said.
  if (isProtected.has(member) || type.kind === 'blob') return '[PROTECTED]'
  return isAsn.has(member) ? -1 : undefined
})

/** A structure as a CloudTrail record shows it: the JSON of the wire without what the record must not keep. */
export const redact = <N extends StructureName>(structure: N, value: Shape<N>): JsonObject => write(structure)(value)

/** A request's body for `requestParameters`; see `redact`. */
export const redactInput = <N extends OperationName>(operation: N, value: Input<N>): JsonObject => {
  const { input } = operations[operation]
  return input === null ? {} : write(input)(value)
}

/** An answer's body for `responseElements`; see `redact`. */
export const redactOutput = <N extends OperationName>(operation: N, value: Output<N>): JsonObject =>
  write(operations[operation].output)(value)

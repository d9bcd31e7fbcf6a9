import { RefusalError } from '../errors.ts'
import type { CompanionRequest } from './companion.ts'
import type { FormNode } from './parameters.ts'
import { formTree } from './parameters.ts'

/** A request of the query protocol: which action of which version, and the rest of the form. */
export interface QueryRequest {
  readonly action: string
  readonly version: string
  readonly parameters: FormNode
}

/** Reads the form in the body; a request without one has it in its URL. */
export function readQuery({ body, query }: CompanionRequest): QueryRequest {
  const fields = [...new URLSearchParams(body.length === 0 ? query : textOf(body))]
  const named = (wanted: string) => fields.find(([name]) => name === wanted)?.[1] ?? ''
  const rest = fields.filter(([name]) => name !== 'Action' && name !== 'Version' && !name.startsWith('X-Amz-'))
  return { action: named('Action'), version: named('Version'), parameters: formTree(rest) }
}

function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new RefusalError({ status: 400, code: 'MalformedQueryString', message: 'The body is not a form in UTF-8' })
  }
}

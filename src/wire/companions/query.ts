import { quote } from '../../contract/quote.ts'
import { RefusalError, type WireError } from '../errors.ts'
import type { CompanionRequest } from './companion.ts'
import type { FormNode } from './parameters.ts'
import { formTree } from './parameters.ts'

/** A request of the query protocol: which action of which version, and the rest of the form. */
export interface QueryRequest {
  readonly action: string
  readonly version: string
  readonly parameters: FormNode
}

/** Ten times as many as a client sends; to read the half a million that a body has room for takes seconds. */
const mostFields = 5_000

/** Reads the form in the body; a request without one has it in its URL. */
export function readQuery({ body, query }: CompanionRequest): QueryRequest {
  const form = body.length === 0 ? query : textOf(body)
  if (form.split('&', mostFields + 1).length > mostFields)
    throw refusal('MalformedQueryString', `A request can have at most ${mostFields} parameters`)
  const fields = [...new URLSearchParams(form)]
  const named = (wanted: string) => fields.find(([name]) => name === wanted)?.[1] ?? ''
  const rest = fields.filter(([name]) => name !== 'Action' && name !== 'Version' && !name.startsWith('X-Amz-'))
  return { action: named('Action'), version: named('Version'), parameters: formTree(rest) }
}

function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw refusal('MalformedQueryString', 'The body is not a form in UTF-8')
  }
}

/** What is refused before an action is known, with the status that both services give it. */
export function refusal(code: string, message: string): RefusalError {
  return new RefusalError({ status: 400, code, message })
}

/** Errors that every door has, under the names and statuses that one service has for them. */
export type ErrorNames = Readonly<Record<string, readonly [code: string, status: number]>>

export function renamed(names: ErrorNames, error: WireError): WireError {
  const [code, status] = names[error.code] ?? [error.code, error.status]
  return { code, status, message: error.message }
}

/** A value made harmless, where the text around it brings its own quotes. */
export function unquoted(value: string): string {
  return quote(value).slice(1, -1)
}

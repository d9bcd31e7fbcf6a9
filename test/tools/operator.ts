import assert from 'node:assert/strict'
import { operatorApi } from '../../src/operator/api.ts'
import { checkObject } from '../../src/operator/check.ts'
import type { TestServer } from './server.ts'

export interface OperatorAnswer {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers whose types they state themselves
  readonly body: any
  /** Of a refusal. */
  readonly code: string
  readonly message: string
}

export interface OperatorRequest {
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is, in place of JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

/**
 * A call of the operator API, refused or not. What it answers is held against the schema that the API publishes for it:
 * no member is missing and none is more.
 */
export async function operator(
  server: Pick<TestServer, 'url'>,
  method: string,
  path: string,
  body?: object,
  { token = 'test', headers = {}, raw }: OperatorRequest = {},
): Promise<OperatorAnswer> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await fetch(`${server.url}/operator/v1${path}`, {
    method,
    // A server that restarts leaves no connection behind that looks as if it could be used.
    headers: { connection: 'close', ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(sent === undefined ? {} : { body: sent }),
  })
  const text = await response.text()
  const answer = text === '' ? undefined : JSON.parse(text)
  if (response.ok) {
    const { answer: schema, status } = operationAt(method, path)
    assert.equal(response.status, status)
    if (schema === null) assert.equal(text, '')
    else assert.deepEqual(answer, checkObject(schema, answer))
    return { status, body: answer, code: '', message: '' }
  }
  assert.deepEqual(Object.keys(answer.error), ['code', 'message'], text)
  return { status: response.status, body: answer, ...answer.error }
}

function operationAt(method: string, path: string) {
  const segments = path.split('?', 1)[0]?.split('/') ?? []
  const found = operatorApi.find((operation) => {
    const form = operation.path.split('/')
    return (
      operation.method === method &&
      form.length === segments.length &&
      form.every((segment, index) => segment.startsWith(':') || segment === segments[index])
    )
  })
  if (found === undefined) throw new Error(`no operation ${method} ${path}`)
  return found
}

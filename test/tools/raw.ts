// Signed calls without an SDK, for operations and members that the official one does not know yet.
import { call } from '../wire/signed.ts'
import type { TestServer } from './server.ts'

export interface RawClient {
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers whose types they state themselves
  (operation: string, input?: object): Promise<any>
}

/** Answers what the operation answers; throws what it refuses, with the code as its name, as an SDK does. */
export function rawClient(server: Pick<TestServer, 'url'>, key = 'test', region = 'us-east-1'): RawClient {
  return async (operation, input = {}) => {
    const { status, json, code, text } = await call(server.url, {
      target: operation,
      body: JSON.stringify(input),
      key,
      region,
    })
    if (status === 200) return json
    throw Object.assign(new Error(json?.message ?? text), { name: code ?? String(status) })
  }
}

import type { OperationName } from '../../contract/types.ts'
import type { Given } from '../command.ts'
import type { Context } from '../context.ts'
import { credentialsOf } from './credentials.ts'
import { endpointOf, regionOf } from './endpoint.ts'
import { readProfile, type Settings } from './profile.ts'

export type { Settings }

import { RefusedError } from './refused.ts'
import { send } from './send.ts'
import { signed } from './sign.ts'

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export type JsonObject = { readonly [name: string]: JsonValue }

/** A way to one server, in one Region, as one account. */
export interface Connection {
  readonly endpoint: URL
  readonly region: string
  /** Of the profile, such as its `output`. */
  readonly settings: Settings
  /** Sends a request; answers its body as it is on the wire: times are epoch seconds, blobs base64. Throws RefusedError. */
  readonly call: (operation: OperationName, input: JsonObject) => Promise<JsonObject>
}

/** From `connectionOptions`, the environment and the shared AWS files. Sends nothing yet. */
export async function connect(context: Context, given: Given): Promise<Connection> {
  const profile = await readProfile(context, given)
  const endpoint = endpointOf(context, given, profile)
  const region = regionOf(context, given, profile, endpoint)
  const credentials = await credentialsOf(context, profile, { endpoint, region })
  if (credentials.areDevelopment && context.stderr.isTerminal)
    context.stderr.write('crossconnect: no credentials are set; signing as the development account (test)\n')
  return {
    endpoint,
    region,
    settings: profile.settings,
    async call(operation, input) {
      const request = {
        method: 'POST',
        url: endpoint,
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `OvertureService.${operation}` },
        body: JSON.stringify(input),
      }
      const { status, body } = await send(
        await signed(request, { credentials, region, service: 'directconnect', time: context.now() }),
      )
      if (status === 200) return parsed(body, endpoint)
      throw refusalOf(operation, status, body)
    },
  }
}

function parsed(body: string, endpoint: URL): JsonObject {
  try {
    const value: JsonValue = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  } catch {
    // Said below.
  }
  throw new RefusedError('Unreadable', `what ${endpoint.origin} answered is no JSON object`, '')
}

function refusalOf(operation: string, status: number, body: string): RefusedError {
  let answer: JsonObject = {}
  try {
    answer = JSON.parse(body) ?? {}
  } catch {
    // Something between us and the server answered; the status has to do.
  }
  const { __type: type, message } = answer
  const code = typeof type === 'string' ? (type.split('#').at(-1) ?? type) : String(status)
  return new RefusedError(code, typeof message === 'string' ? message : `HTTP ${status}`, operation)
}

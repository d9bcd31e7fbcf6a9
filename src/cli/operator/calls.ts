import { CommandError } from '../command.ts'
import type { JsonObject, JsonValue } from '../connection/connection.ts'
import { isList, isObject, objectsIn, textIn } from '../connection/json.ts'
import { send } from '../connection/send.ts'

/** One call of the operator API, as the server describes it. */
export interface Call {
  /** As the audit trail calls it. */
  readonly name: string
  readonly method: string
  /** With parameters in braces: `/operator/v1/connections/{connectionId}/approve`. */
  readonly path: string
  readonly summary: string
  readonly query: readonly Member[]
  readonly body: readonly Member[]
}

/** Something that a call takes beside the ids in its path. */
export interface Member {
  readonly name: string
  readonly required: boolean
  readonly schema: JsonObject
}

/** The calls that the server has, in its order. Throws CommandError where no server describes them. */
export async function callsOf(endpoint: URL): Promise<readonly Call[]> {
  const url = new URL('/operator/openapi.json', endpoint)
  const { status, body } = await send({ method: 'GET', url, headers: { accept: 'application/json' } })
  const document = status === 200 ? parsed(body) : undefined
  const paths = document?.['paths']
  if (!isObject(paths)) throw new CommandError(`${endpoint.origin} does not describe an operator API (HTTP ${status})`)
  return Object.entries(paths).flatMap(([path, methods]) =>
    isObject(methods)
      ? Object.entries(methods).flatMap(([method, about]) => (isObject(about) ? [callOf(path, method, about)] : []))
      : [],
  )
}

/** The object in a text; undefined for anything else. */
export function parsed(text: string): JsonObject | undefined {
  try {
    const value: JsonValue = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function callOf(path: string, method: string, about: JsonObject): Call {
  const body = within(about, 'requestBody', 'content', 'application/json', 'schema')
  const required = isList(body?.['required']) ? body['required'] : []
  const query = objectsIn(about, 'parameters').filter((parameter) => textIn(parameter, 'in') === 'query')
  return {
    name: textIn(about, 'operationId'),
    method: method.toUpperCase(),
    path,
    summary: textIn(about, 'summary'),
    query: query.map((parameter) => ({
      name: textIn(parameter, 'name'),
      required: parameter['required'] === true,
      // The description stands beside the schema here, and inside it in a body.
      schema: { description: textIn(parameter, 'description'), ...within(parameter, 'schema') },
    })),
    body: Object.entries(within(body, 'properties') ?? {}).flatMap(([name, schema]) =>
      isObject(schema) ? [{ name, required: required.includes(name), schema }] : [],
    ),
  }
}

/** The object at the end of a way through objects. */
export const within = (object: JsonObject | undefined, ...way: readonly string[]): JsonObject | undefined =>
  way.reduce<JsonObject | undefined>((found, name) => {
    const next = found?.[name]
    return isObject(next) ? next : undefined
  }, object)

import type { JsonObject } from '../contract/encode.ts'
import type { Engine } from '../engine/perform.ts'
import type { Requester } from '../observe/audit.ts'
import type { Log } from '../observe/log.ts'
import type { Decision } from '../product/operation.ts'
import type { Snapshot, Tokens } from '../product/snapshot.ts'
import type { AuditFilter, AuditRow } from '../store/store.ts'
import { checkObject } from './check.ts'
import { redact } from './redact.ts'
import type { ObjectSchema, ValueOf } from './schema.ts'

/** One thing that an operator can ask for. */
export interface OperatorOperation {
  /** As the audit trail calls it. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below /operator/v1, in Fastify's form: `/connections/:connectionId`. */
  readonly path: string
  readonly summary: string
  readonly query: ObjectSchema
  readonly body: ObjectSchema
  /** What is answered; null: nothing (204). */
  readonly answer: ObjectSchema | null
  readonly status: 200 | 201 | 204
  /** Checks the parts of a request and does what it says. */
  readonly perform: (parts: DoorParts, request: RequestParts, by: Requester) => Promise<unknown>
}

export interface RequestParts {
  readonly path: unknown
  readonly query: unknown
  readonly body: unknown
}

/** What some operations need beside the engine. */
export interface DoorParts {
  readonly engine: Engine
  readonly log: Log
  /** Whether everybody knows the credentials, so that nothing in here can be dear to anybody. */
  readonly development: boolean
  /** Forgets everything and begins again. */
  readonly reset: () => Promise<void>
  readonly auditTrail: (filter: AuditFilter) => Promise<readonly AuditRow[]>
  readonly tokens: Tokens
}

const nothing = { type: 'object', properties: {} } as const

/** The members that a path's parameters make: `/a/:b/c/:d` has `b` and `d`. */
type PathMembers<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [N in Name]: string } & PathMembers<Rest>
  : P extends `${string}:${infer Name}`
    ? { readonly [N in Name]: string }
    : unknown

type InputOf<P extends string, Q, B> = PathMembers<P> & ValueOf<Q> & ValueOf<B>

interface Definition<P extends string, Q, B, A> {
  readonly name: string
  readonly method: OperatorOperation['method']
  readonly path: P
  readonly summary: string
  readonly query?: Q
  readonly body?: B
  readonly answer?: A
  /** Only where it is not 200, and 204 where there is no answer. */
  readonly status?: 201
}

type Nothing = typeof nothing

/** An operation of the product: members of path, query and body come to it as one input. */
export function operation<
  const P extends string,
  const Q extends ObjectSchema = Nothing,
  const B extends ObjectSchema = Nothing,
  const A extends ObjectSchema = Nothing,
>(
  definition: Definition<P, Q, B, A> & {
    readonly decide: (snapshot: Snapshot, input: InputOf<P, Q, B>) => Promise<Decision<ValueOf<A>>>
  },
): OperatorOperation {
  const { name, decide } = definition
  const task = {
    name,
    writes: definition.method !== 'GET',
    decide,
    redactInput: (input: InputOf<P, Q, B>) => redact(input),
    redactOutput: (output: ValueOf<A>): JsonObject | null => (definition.answer === undefined ? null : redact(output)),
  }
  return doneBy(definition, ({ engine }, input, by) => engine.perform(task, input, by))
}

/** An operation that is about the server rather than about the product. */
export function doneBy<
  const P extends string,
  const Q extends ObjectSchema = Nothing,
  const B extends ObjectSchema = Nothing,
  const A extends ObjectSchema = Nothing,
>(
  definition: Definition<P, Q, B, A>,
  perform: (parts: DoorParts, input: InputOf<P, Q, B>, by: Requester) => Promise<ValueOf<A>>,
): OperatorOperation {
  const { name, method, path, summary, query = nothing, body = nothing, answer = null } = definition
  const pathMembers = pathSchema(path)
  return {
    name,
    method,
    path,
    summary,
    query,
    body,
    answer,
    status: definition.status ?? (answer === null ? 204 : 200),
    perform: (parts, request, by) => {
      const input = {
        ...checkObject(pathMembers, request.path, true),
        ...checkObject(query, request.query, true),
        ...checkObject(body, request.body ?? {}),
      }
      // All three have been checked against the schemas of which InputOf is computed.
      return perform(parts, input as InputOf<P, Q, B>, by)
    },
  }
}

/** The path's parameters as a schema; all are ids. */
export function pathSchema(path: string): ObjectSchema {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const id = { type: 'string', minLength: 1, maxLength: 256 } as const
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, id])), required: names }
}

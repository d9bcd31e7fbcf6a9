import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { api } from '../api.ts'
import { isOperationName } from '../contract/operations.ts'
import { parseInput } from '../contract/parse.ts'
import { serialiseOutput } from '../contract/serialise.ts'
import type { OperationName } from '../contract/types.ts'
import type { Engine } from '../engine/perform.ts'
import { operationTask } from '../engine/task.ts'
import type { AccessKeys } from '../identity/access-keys.ts'
import { splitTarget } from '../identity/canonical-request.ts'
import { type Identity, verifySignature } from '../identity/sigv4.ts'
import type { Requester } from '../observe/audit.ts'
import type { Log } from '../observe/log.ts'
import { Fault } from '../product/fault.ts'
import { wireErrorOf, wireErrors } from './errors.ts'
import { answer, refuse } from './server.ts'

const targetPrefix = 'OvertureService.'

export interface CustomersDoor {
  readonly engine: Engine
  readonly keys: AccessKeys
  readonly log: Log
  /** Whether an account may make one more request now. */
  readonly admit: (accountId: string) => boolean
}

/**
 * The customers' door: awsJson1.1 over `POST /`, every request signed.
 * @source behaviour catalogue H
 */
export function customersDoor(door: CustomersDoor) {
  return (server: FastifyInstance): void => {
    server.post('/', async (request, reply) => {
      try {
        const identity = await authenticated(door, request)
        if (!door.admit(identity.accountId)) return refuse(reply, wireErrors.throttled)
        return await answered(door, request, reply, requesterOf(request, identity))
      } catch (error) {
        const known = wireErrorOf(error)
        if (known === undefined)
          door.log.error({ err: error, requestId: request.id }, 'a request failed before it was decided')
        return refuse(reply, known ?? wireErrors.internal)
      }
    })
  }
}

async function answered(door: CustomersDoor, request: FastifyRequest, reply: FastifyReply, by: Requester) {
  const target = targetOf(request)
  const name = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : ''
  if (!isOperationName(name) || api[name] === null) return refuse(reply, wireErrors.unknownOperation(target))
  const body = jsonOf(request)
  if (body === notJson) return refuse(reply, wireErrors.notJson)
  return answer(reply, JSON.stringify(await perform(door, name, body, by)))
}

async function perform<N extends OperationName>(door: CustomersDoor, name: N, body: unknown, by: Requester) {
  const decide = api[name]
  if (decide === null) throw new TypeError(`${name} is not built`)
  const output = await door.engine.perform(operationTask(name, decide), parseInput(name, body), by)
  try {
    return serialiseOutput(name, output)
  } catch (error) {
    // What was decided is saved already, so that the client must not be told to try again.
    door.log.error({ err: error, operation: name, requestId: by.requestId }, 'an answer broke the contract')
    throw new Fault('DirectConnectServerException', wireErrors.internal.message)
  }
}

function authenticated(door: CustomersDoor, request: FastifyRequest): Promise<Identity> {
  const received = {
    method: request.method,
    url: request.raw.url ?? '/',
    rawHeaders: request.raw.rawHeaders,
    body: bytesOf(request),
  }
  return verifySignature(received, door.keys, { services: ['directconnect'], now: Date.now })
}

function requesterOf(request: FastifyRequest, identity: Identity): Requester {
  return {
    accountId: identity.accountId,
    principalArn: identity.principalArn,
    accessKeyId: identity.accessKeyId,
    region: identity.region,
    sourceIPAddress: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    requestId: request.id,
  }
}

/** A presigner moves the target into the query, as it does with every header that it signs. */
function targetOf(request: FastifyRequest): string {
  const header = request.headers['x-amz-target']
  if (typeof header === 'string') return header
  return new URLSearchParams(splitTarget(request.raw.url ?? '').query).get('X-Amz-Target') ?? ''
}

const notJson = Symbol('not JSON')

function jsonOf(request: FastifyRequest): unknown {
  const bytes = bytesOf(request)
  if (bytes.length === 0) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return notJson
  }
}

function bytesOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array()
}

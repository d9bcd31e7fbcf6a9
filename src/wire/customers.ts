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
import type { CompanionRequest, WireAnswer } from './companions/companion.ts'
import { RefusalError, type WireError, wireErrorOf, wireErrors } from './errors.ts'
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
 * The customers' door: awsJson1.1 over `POST /`, every request signed. What is signed for EC2, STS or tagging is handed
 * on to those, also to be refused, since each has its own shape for errors.
 * @source behaviour catalogue H
 */
export function customersDoor(door: CustomersDoor) {
  return (server: FastifyInstance): void => {
    server.post('/', (request, reply) => {
      // No promise of the reply's: to await one is to wait until everything is sent.
      respond(door, request, reply).catch((error: unknown) => void reply.send(error))
    })
  }
}

async function respond(door: CustomersDoor, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  let companion = await companionNamed(claimedService(request))
  const no = (error: WireError) =>
    void (companion === undefined ? refuse(reply, error) : send(reply, companion.refuse(error, request.id)))
  try {
    const identity = await authenticated(door, request)
    companion = await companionNamed(identity.service)
    if (!door.admit(identity.accountId)) return no(wireErrors.throttled)
    const by = requesterOf(request, identity)
    if (companion === undefined) void answer(reply, await answered(door, request, by))
    else void send(reply, await companion.answer(door.engine, companionRequest(request), by))
  } catch (error) {
    const known = wireErrorOf(error)
    if (known === undefined)
      door.log.error({ err: error, requestId: request.id }, 'a request failed before it was decided')
    no(known ?? wireErrors.internal)
  }
}

/** @throws RefusalError beside all that deciding throws */
async function answered(door: CustomersDoor, request: FastifyRequest, by: Requester): Promise<string> {
  const target = targetOf(request)
  const name = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : ''
  if (!isOperationName(name) || api[name] === null) throw new RefusalError(wireErrors.unknownOperation(target))
  const body = jsonOf(request)
  if (body === notJson) throw new RefusalError(wireErrors.notJson)
  return JSON.stringify(await perform(door, name, body, by))
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
  return verifySignature(received, door.keys, { services, now: Date.now })
}

const services = ['directconnect', 'ec2', 'sts', 'tagging'] as const
/** The credential's scope, in the header or in the query of a presigned request. */
const credentialScope = /Credential=[^,&]{0,256}(?:\/|%2F)([a-z0-9]+)(?:\/|%2F)aws4_request/i

/** What a request says it is signed for, for as long as nobody has checked it. */
function claimedService(request: FastifyRequest): string {
  const authorization = request.headers.authorization ?? splitTarget(request.raw.url ?? '').query
  return credentialScope.exec(authorization)?.[1] ?? ''
}

/** The services beside Direct Connect are loaded when one of them is first asked. */
async function companionNamed(service: string) {
  if (service !== 'ec2' && service !== 'sts' && service !== 'tagging') return undefined
  const { companions } = await import('./companions/companions.ts')
  return companions[service]
}

function companionRequest(request: FastifyRequest): CompanionRequest {
  return { body: bytesOf(request), query: splitTarget(request.raw.url ?? '').query, target: targetOf(request) }
}

function send(reply: FastifyReply, { status, contentType: type, body }: WireAnswer): FastifyReply {
  return reply.status(status).type(type).send(body)
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

/** A presigner moves the target into the query, as it does with every header that it signs, in the client's spelling. */
function targetOf(request: FastifyRequest): string {
  const header = request.headers['x-amz-target']
  if (typeof header === 'string') return header
  const { query } = splitTarget(request.raw.url ?? '')
  for (const [name, value] of new URLSearchParams(query)) if (name.toLowerCase() === 'x-amz-target') return value
  return ''
}

const notJson = Symbol('not JSON')
const utf8 = new TextDecoder('utf-8', { fatal: true })

function jsonOf(request: FastifyRequest): unknown {
  const bytes = bytesOf(request)
  if (bytes.length === 0) return undefined
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    return notJson
  }
}

function bytesOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array()
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Requester } from '../observe/audit.ts'
import type { Log } from '../observe/log.ts'
import { operatorApi } from './api.ts'
import { bearerOf } from './bearer.ts'
import { operatorErrorOf, operatorErrors } from './errors.ts'
import type { DoorParts, OperatorOperation } from './operation.ts'

export interface OperatorDoor extends DoorParts {
  /** Who knows it is an operator. */
  readonly token: string
}

/** The operators' door: JSON over HTTP below /operator, every request with the bearer token. */
export function operatorDoor(door: OperatorDoor) {
  const admitted = bearerOf(door.token)
  return async (server: FastifyInstance): Promise<void> => {
    server.get('/openapi.json', async (_request, reply) => {
      const { openApi } = await import('./openapi.ts')
      return reply.type('application/json').send(await openApi())
    })
    await server.register(async (versioned) => version1(versioned, door, admitted), { prefix: '/v1' })
  }
}

function version1(server: FastifyInstance, door: OperatorDoor, admitted: (request: FastifyRequest) => boolean): void {
  server.setErrorHandler((error: FastifyError, request, reply) => refused(door.log, error, request, reply))
  server.setNotFoundHandler((request) => {
    throw operatorErrors.noSuchPath(request.method, request.originalUrl)
  })
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    if (!admitted(request)) throw operatorErrors.notAdmitted()
  })
  for (const operation of operatorApi) addRoute(server, door, operation)
}

function addRoute(server: FastifyInstance, door: OperatorDoor, operation: OperatorOperation): void {
  server.route({
    method: operation.method,
    url: operation.path,
    handler: async (request, reply) => {
      const { params: path, query } = request
      const answer = await operation.perform(door, { path, query, body: jsonOf(request.body) }, requesterOf(request))
      void reply.status(operation.status)
      return operation.answer === null ? reply.send() : reply.type('application/json').send(JSON.stringify(answer))
    },
  })
}

function refused(log: Log, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = operatorErrorOf(error)
  if (known === undefined)
    log.error({ err: error, path: request.routeOptions.url }, "an operator's request failed by our own fault")
  const { status, code, message } = known ?? operatorErrors.internal()
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="operator"')
  return reply
    .status(status)
    .type('application/json')
    .send(JSON.stringify({ error: { code, message } }))
}

function requesterOf(request: FastifyRequest): Requester {
  return {
    accountId: '',
    principalArn: '',
    accessKeyId: '',
    region: '',
    sourceIPAddress: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    requestId: request.id,
  }
}

/** A body arrives as bytes at every door; undefined: there is none. */
function jsonOf(body: unknown): unknown {
  if (!(body instanceof Uint8Array) || body.length === 0) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw operatorErrors.notJson()
  }
}

import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { drawnUuid } from '../engine/drawn-bytes.ts'
import type { Log } from '../observe/log.ts'
import { Fault } from '../product/fault.ts'
import { type WireError, wireErrors } from './errors.ts'
import { foreignOrigin, isFollowedLink } from './origin.ts'
import { limitPipelining } from './pipelining.ts'
import { createBodyReader } from './read-body.ts'
import { createTogether } from './together.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a page of another origin may have a link to it that people follow. */
    readonly mayBeLinkedTo?: true
  }
}

const headerLimit = 64 * 1024
/** Of one connection; clients that send the next request before they have the answer are rare, and send a few. */
const mostUnanswered = 64

/** What holds of all connections. */
export interface Limits {
  /** How long one request may take to arrive, real milliseconds. */
  readonly arrivalMs: number
  /** How long a connection may rest in the middle of an answer, real milliseconds: who does not read is gone. */
  readonly restMs: number
  /** How many there may be; more are closed at once. */
  readonly connections: number
}

export const usualTimes = { arrivalMs: 60_000, restMs: 120_000 } as const satisfies Partial<Limits>

/**
 * The HTTP server that all doors stand in: what holds for every request, whichever door it comes to. A body arrives as
 * the bytes that were sent, since signatures are over them; each request's id is the UUID that its answer carries.
 */
export function createServer(options: {
  readonly developmentCredentials: boolean
  readonly log: Log
  readonly limits: Limits
}): FastifyInstance {
  const { arrivalMs, restMs, connections } = options.limits
  const server = fastify({
    genReqId: drawnUuid,
    http: {
      maxHeaderSize: headerLimit,
      requireHostHeader: false,
      headersTimeout: arrivalMs,
      connectionsCheckingInterval: arrivalMs / 4,
    },
    requestTimeout: arrivalMs,
    connectionTimeout: restMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Each door says in its own words that something in a path is too long.
    routerOptions: { maxParamLength: headerLimit },
    clientErrorHandler: answerUnreadable,
    rewriteUrl: ({ url = '/' }) => routable(url),
    // Each door checks what it is sent by itself; Fastify's own compilers would be a fifth of the time to start.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (error, request, reply) => {
      void identified(request, reply)
      void refuse(reply, { status: error.statusCode ?? 400, code: 'ValidationError', message: error.message })
    },
  })
  server.server.maxConnections = connections
  server.removeAllContentTypeParsers()
  limitPipelining(server, mostUnanswered)
  const readBody = createBodyReader()
  server.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) => readBody(payload))

  // What is answered while the server ends is the last answer of its connection, or the connection would stay open.
  let ending = false
  server.addHook('preClose', async () => {
    ending = true
  })
  // Hooks that call back: a promise for each of them and each request would be a tenth of the work.
  const together = createTogether()
  server.addHook('preHandler', (_request, _reply, done) => together.arrived(done))
  server.addHook('onSend', (_request, reply, payload, done) => {
    together.ready(() => {
      if (ending) void reply.header('connection', 'close')
      done(null, payload)
    })
  })
  server.addHook('onRequest', (request, reply, done) => {
    void identified(request, reply)
    const isLink = request.routeOptions.config.mayBeLinkedTo === true && isFollowedLink(request.method, request.headers)
    const why = foreignOrigin(isLink ? { host: request.headers.host } : request.headers, options.developmentCredentials)
    if (why === undefined) done()
    else void refuse(reply, wireErrors.foreignOrigin(why))
  })
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const unread = [wireErrors.tooLarge, wireErrors.tooBusy].find(({ code }) => code === error.code)
    if (unread !== undefined) return refuse(reply, unread)
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, { status, code: 'ValidationError', message: error.message })
    // Whoever made a fault of it has said in the log what it was.
    if (!((error as unknown) instanceof Fault))
      options.log.error({ err: error, requestId: request.id }, 'a request failed by our own fault')
    return refuse(reply, wireErrors.internal)
  })
  server.setNotFoundHandler((request, reply) => refuse(reply, wireErrors.nothingHere(request.method, pathOf(request))))
  return server
}

/**
 * A path that nobody can decode is taken as it is spelt, so that it comes to the door that it leads to and is refused there
 * like anything else that is not there.
 */
function routable(url: string): string {
  if (!url.includes('%')) return url
  const end = url.indexOf('?')
  const [path, query] = end === -1 ? [url, ''] : [url.slice(0, end), url.slice(end)]
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return path.replaceAll('%', '%25') + query
  }
}

function noSchemas(): never {
  throw new Error('a route with a schema that nothing would check')
}

function identified(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header('x-amzn-RequestId', request.id)
}

const contentType = 'application/x-amz-json-1.1'

/**
 * As text, which Node writes in one piece with the headers. Of a text that something has serialised Fastify takes the content
 * type to be complete, to any other it would add a charset.
 */
export function answer(reply: FastifyReply, json: string): FastifyReply {
  return reply.type(contentType).serializer(asItIs).send(json)
}

function asItIs(json: string): string {
  return json
}

/** An answer that says no, as every door but the operators' says it. */
export function refuse(reply: FastifyReply, error: WireError): FastifyReply {
  return answer(reply.status(error.status), bodyOf(error))
}

function bodyOf({ code, message }: WireError): string {
  return JSON.stringify({ __type: code, message })
}

/** What does not even arrive as a request: no route, no hook and no reply, only a socket. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET') return void socket.destroy()
  if (!socket.writable) return
  const answer =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? wireErrors.headersTooLarge
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? wireErrors.tooSlow
        : wireErrors.notHttp
  const body = bodyOf(answer)
  const head = [
    `HTTP/1.1 ${answer.status} ${answer.code}`,
    `x-amzn-RequestId: ${drawnUuid()}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  // Closing while there is something unread would reset the connection, and the answer be lost with it.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.resume()
  setTimeout(() => socket.destroy(), 1_000).unref()
}

function pathOf(request: FastifyRequest): string {
  return request.originalUrl.split('?', 1)[0]?.slice(0, 128) ?? '/'
}

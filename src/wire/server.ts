import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Log } from '../observe/log.ts'
import { type WireError, wireErrors } from './errors.ts'
import { foreignOrigin, isFollowedLink } from './origin.ts'
import { readBody } from './read-body.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a page of another origin may have a link to it that people follow. */
    readonly mayBeLinkedTo?: true
  }
}

const headerLimit = 64 * 1024
/** How long one request may take to arrive, real milliseconds. */
const arrivalLimit = 60_000

/**
 * The HTTP server that all doors stand in: what holds for every request, whichever door it comes to. A body arrives as
 * the bytes that were sent, since signatures are over them; each request's id is the UUID that its answer carries.
 */
export function createServer(options: {
  readonly developmentCredentials: boolean
  readonly log: Log
}): FastifyInstance {
  const server = fastify({
    genReqId: () => randomUUID(),
    http: { maxHeaderSize: headerLimit, requireHostHeader: false },
    requestTimeout: arrivalLimit,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Each door says in its own words that something in a path is too long.
    routerOptions: { maxParamLength: headerLimit },
    clientErrorHandler: answerUnreadable,
    // Each door checks what it is sent by itself; Fastify's own compilers would be a fifth of the time to start.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (error, request, reply) => {
      void identified(request, reply)
      void refuse(reply, { status: error.statusCode ?? 400, code: 'ValidationError', message: error.message })
    },
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) => readBody(payload))

  // What is answered while the server ends is the last answer of its connection, or the connection would stay open.
  let ending = false
  server.addHook('preClose', async () => {
    ending = true
  })
  // Hooks that call back: a promise for each of them and each request would be a tenth of the work.
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (ending) void reply.header('connection', 'close')
    done(null, payload)
  })
  server.addHook('onRequest', (request, reply, done) => {
    void identified(request, reply)
    const isLink = request.routeOptions.config.mayBeLinkedTo === true && isFollowedLink(request.method, request.headers)
    const why = foreignOrigin(isLink ? { host: request.headers.host } : request.headers, options.developmentCredentials)
    if (why === undefined) done()
    else void refuse(reply, wireErrors.foreignOrigin(why))
  })
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (error.code === wireErrors.tooLarge.code) return refuse(reply, wireErrors.tooLarge)
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, { status, code: 'ValidationError', message: error.message })
    options.log.error({ err: error, requestId: request.id }, 'a request failed by our own fault')
    return refuse(reply, wireErrors.internal)
  })
  server.setNotFoundHandler((request, reply) => refuse(reply, wireErrors.nothingHere(request.method, pathOf(request))))
  return server
}

function noSchemas(): never {
  throw new Error('a route with a schema that nothing would check')
}

function identified(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header('x-amzn-RequestId', request.id)
}

const contentType = 'application/x-amz-json-1.1'

/** Bytes, since to the content type of a text a charset would be added. */
export function answer(reply: FastifyReply, json: string): FastifyReply {
  return reply.type(contentType).send(Buffer.from(json))
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
    `x-amzn-RequestId: ${randomUUID()}`,
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
  return request.url.split('?', 1)[0]?.slice(0, 128) ?? '/'
}

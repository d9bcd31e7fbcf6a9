import { randomUUID } from 'node:crypto'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { wireErrors } from './errors.ts'
import { isLoopback } from './loopback.ts'

export const bodyLimit = 1024 * 1024
export const headerLimit = 64 * 1024

/**
 * The HTTP server that all doors stand in: what holds for every request, whichever door it comes to. A body arrives as
 * the bytes that were sent, since signatures are over them.
 */
export function createServer(options: { readonly loopback: boolean }): FastifyInstance {
  const server = fastify({
    bodyLimit,
    http: { maxHeaderSize: headerLimit },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256 },
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.addHook('onRequest', async (request, reply) => {
    if (fromAnotherOrigin(request, options.loopback)) return send(reply, 403, 'AccessDeniedException', otherOrigin)
    return undefined
  })
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const { status, code, message } = wireErrors.tooLarge
      return send(reply, status, code, message)
    }
    if (error.statusCode !== undefined && error.statusCode < 500)
      return send(reply, error.statusCode, 'ValidationError', error.message)
    return send(reply, 500, wireErrors.internal.code, wireErrors.internal.message)
  })
  server.setNotFoundHandler((request, reply) =>
    send(reply, 404, 'UnknownOperationException', `There is nothing at ${request.method} ${pathOf(request)}`),
  )
  return server
}

const otherOrigin = 'A page of another origin may not speak to this server'

/**
 * Credentials that everybody knows are safe on loopback only as long as no web page that the user happens to visit can
 * use them. Browsers say where a page comes from; other clients say nothing.
 */
function fromAnotherOrigin(request: FastifyRequest, loopback: boolean): boolean {
  const { origin, host } = request.headers
  if (request.headers['sec-fetch-site'] === 'cross-site') return true
  if (origin === undefined) return false
  const from = URL.canParse(origin) ? new URL(origin) : undefined
  // A name that somebody points at 127.0.0.1 has the right host but is not ours.
  return from?.host !== host || (loopback && !isLoopback(from?.hostname ?? ''))
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0]?.slice(0, 128) ?? '/'
}

function send(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply
    .status(status)
    .header('x-amzn-RequestId', randomUUID())
    .type('application/x-amz-json-1.1')
    .send(JSON.stringify({ __type: code, message }))
}

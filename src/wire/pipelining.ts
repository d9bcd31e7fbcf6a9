import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Hangs up on connections with more than `most` requests that are not answered. Node stops reading from who does not read
 * the answers, but not before it has begun with all requests of what it has read: a thousand of them in one packet.
 */
export function limitPipelining(server: FastifyInstance, most: number): void {
  const unanswered = new WeakMap<Socket, number>()
  const count = (socket: Socket, change: number): number => {
    const now = (unanswered.get(socket) ?? 0) + change
    unanswered.set(socket, now)
    return now
  }
  server.addHook('onRequest', (request, _reply, done) => {
    const { socket } = request.raw
    if (count(socket, 1) <= most) done()
    else socket.destroy()
  })
  server.addHook('onResponse', (request, _reply, done) => {
    count(request.raw.socket, -1)
    done()
  })
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** Whether a request brings the operator token; compared in constant time, whatever its length. */
export function bearerOf(token: string): (request: FastifyRequest) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(token)
  return ({ headers: { authorization } }) => {
    const [, given] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
    return given !== undefined && timingSafeEqual(digest(given), expected)
  }
}

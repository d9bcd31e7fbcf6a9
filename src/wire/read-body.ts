import type { Readable } from 'node:stream'
import { wireErrors } from './errors.ts'

const bodyLimit = 1024 * 1024
/** A client learns that its body is too large once it has sent it all, unless that is absurd. */
const patience = 32 * bodyLimit

/** The bytes of a body. A larger one is read to its end and forgotten: who is still sending does not listen. */
export function readBody(payload: Readable): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const chunks: Uint8Array[] = []
  let bytes = 0
  const tooLarge = () =>
    reject(Object.assign(new Error(wireErrors.tooLarge.message), { code: wireErrors.tooLarge.code }))
  const lost = () => reject(Object.assign(new Error('The body did not arrive'), { statusCode: 400 }))
  payload.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length
    if (bytes <= bodyLimit) chunks.push(chunk)
    else chunks.length = 0
    if (bytes <= patience) return
    // The stream is the socket's, which has to live for the answer.
    payload.pause()
    tooLarge()
  })
  payload.on('end', () => (bytes > bodyLimit ? tooLarge() : resolve(wholeOf(chunks))))
  payload.on('error', lost)
  // Who hangs up in the middle of a body ends it with neither.
  payload.on('close', () => {
    if (!payload.readableEnded) lost()
  })
  return promise
}

function wholeOf(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks)
}

import type { Readable } from 'node:stream'
import { wireErrors } from './errors.ts'

const bodyLimit = 1024 * 1024
/** A client learns that its body is too large once it has sent it all, unless that is absurd. */
const patience = 32 * bodyLimit

/** The bytes of a body. A larger one is read to its end and forgotten: who is still sending does not listen. */
export async function readBody(payload: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    // The stream is the socket's, which has to live for the answer.
    for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes <= bodyLimit) chunks.push(chunk)
      else chunks.length = 0
      if (bytes > patience) break
    }
  } catch {
    throw Object.assign(new Error('The body did not arrive'), { statusCode: 400 })
  }
  if (bytes > bodyLimit) throw Object.assign(new Error(wireErrors.tooLarge.message), { code: wireErrors.tooLarge.code })
  return Buffer.concat(chunks)
}

import type { Readable } from 'node:stream'
import { type WireError, wireErrors } from './errors.ts'

const bodyLimit = 1024 * 1024
/** A client learns that its body is too large once it has sent it all, unless that is absurd. */
const patience = 32 * bodyLimit
/** As much of a body always finds room; no client's own request is larger. */
const ownRoom = 16 * 1024
/** The rest of all bodies on their way shares this, so that those who never end theirs cannot fill the memory. */
const sharedRoom = 64 * bodyLimit

/**
 * What reads the bodies of one server. One that is too large, or for which there is no room, is read to its end and
 * forgotten: who is still sending does not listen.
 */
export function createBodyReader(): (payload: Readable) => Promise<Uint8Array> {
  let shared = 0
  return (payload) => {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    let body: Uint8Array = new Uint8Array()
    let bytes = 0
    let share = 0
    let refusal: WireError | undefined
    const resize = (length: number) => {
      const wanted = Math.max(0, length - ownRoom)
      shared += wanted - share
      share = wanted
    }
    const forget = (why: WireError) => {
      refusal = why
      body = new Uint8Array()
      resize(0)
    }
    const refuse = ({ message, code }: WireError) => reject(Object.assign(new Error(message), { code }))
    const lost = () => reject(Object.assign(new Error('The body did not arrive'), { statusCode: 400 }))
    payload.on('data', (chunk: Uint8Array) => {
      const before = bytes
      bytes += chunk.length
      if (bytes > bodyLimit) forget(wireErrors.tooLarge)
      if (refusal === undefined) {
        body = appended(body, before, chunk)
        resize(body.length)
        if (shared > sharedRoom) forget(wireErrors.tooBusy)
      }
      if (bytes <= patience) return
      // The stream is the socket's, which has to live for the answer.
      payload.pause()
      refuse(wireErrors.tooLarge)
    })
    payload.on('end', () => {
      resize(0)
      if (refusal === undefined) resolve(body.subarray(0, bytes))
      else refuse(refusal)
    })
    payload.on('error', lost)
    // Who hangs up in the middle of a body ends it with neither.
    payload.on('close', () => {
      resize(0)
      if (!payload.readableEnded) lost()
    })
    return promise
  }
}

/** In one piece of memory, which grows by doubling: a list of chunks would be many times as large as a body of tiny ones. */
function appended(body: Uint8Array, length: number, chunk: Uint8Array): Uint8Array {
  if (length === 0) return chunk
  const needed = length + chunk.length
  const roomy =
    needed <= body.length ? body : Buffer.allocUnsafeSlow(Math.max(Math.min(2 * body.length, bodyLimit), needed))
  if (roomy !== body) roomy.set(body.subarray(0, length))
  roomy.set(chunk, length)
  return roomy
}

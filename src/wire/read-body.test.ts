import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createBodyReader } from './read-body.ts'

const megabyte = 1024 * 1024
const turn = () => new Promise((resolve) => void setImmediate(resolve))

test('a body is the bytes that were sent, in however many pieces they come', async () => {
  const read = createBodyReader()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 40 }), async (pieces) => {
      const stream = new PassThrough()
      const body = read(stream)
      for (const piece of pieces) if (piece.length > 0) stream.write(piece)
      stream.end()
      assert.deepEqual(Buffer.from(await body), Buffer.concat(pieces))
    }),
  )
})

test('bodies that are on their way share 64 MiB; who finds no room is told once it has sent all; 16 KiB always find it', async () => {
  const read = createBodyReader()
  const waiting = Array.from({ length: 64 }, () => {
    const stream = new PassThrough()
    const body = read(stream)
    stream.write(Buffer.alloc(megabyte))
    return { stream, body }
  })
  await turn()
  const send = (bytes: number) => {
    const stream = new PassThrough()
    stream.end(Buffer.alloc(bytes))
    return read(stream)
  }
  await assert.doesNotReject(send(megabyte), 'each has room of its own beside what it shares')
  const more = Array.from({ length: 2 }, () => {
    const stream = new PassThrough()
    const body = read(stream)
    stream.write(Buffer.alloc(megabyte))
    return { stream, body }
  })
  await turn()
  const refused = assert.rejects(more[1]?.body ?? Promise.resolve(), { code: 'ServiceUnavailable' })
  more[1]?.stream.end()
  await refused
  await assert.rejects(send(megabyte), { code: 'ServiceUnavailable' })
  assert.equal((await send(16 * 1024)).length, 16 * 1024)

  for (const { stream } of waiting) stream.end()
  for (const { body } of waiting) assert.equal((await body).length, megabyte)
  assert.equal((await send(megabyte)).length, megabyte, 'there is room again')
})

test('who hangs up in the middle of a body gives back the room that it took', async () => {
  const read = createBodyReader()
  for (let round = 0; round < 3; round++) {
    const streams = Array.from({ length: 60 }, () => {
      const stream = new PassThrough()
      const body = read(stream)
      stream.write(Buffer.alloc(megabyte))
      return { stream, lost: assert.rejects(body, { message: 'The body did not arrive' }) }
    })
    await turn()
    for (const { stream } of streams) stream.destroy()
    for (const { lost } of streams) await lost
  }
})

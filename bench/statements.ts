import { once } from 'node:events'
import { connect, createServer } from 'node:net'

export interface Counting extends Disposable {
  /** Of the same database, by way of the counter. */
  readonly url: string
  /** How many statements have been sent until now. */
  readonly count: () => number
}

/** Stands between a server and PostgreSQL and counts the statements that go by. */
export async function countStatements(database: string): Promise<Counting> {
  const target = new URL(database)
  let statements = 0
  const relay = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    const read = messages((type) => {
      // Query, and Execute of what was prepared before.
      if (type === 'Q' || type === 'E') statements++
    })
    client.on('data', read)
    client.pipe(upstream).pipe(client)
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const address = relay.address()
  const url = new URL(database)
  url.port = typeof address === 'object' && address !== null ? String(address.port) : ''
  return { url: url.href, count: () => statements, [Symbol.dispose]: () => void relay.close() }
}

/** Tells the type of each message of a client of PostgreSQL; the first one, which begins the session, has none. */
function messages(told: (type: string) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0)
  let headBytes = 0
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    while (rest.length >= headBytes + 4) {
      const length = headBytes + rest.readUInt32BE(headBytes)
      if (rest.length < length) return
      if (headBytes === 1) told(String.fromCharCode(rest[0] ?? 0))
      rest = rest.subarray(length)
      headBytes = 1
    }
  }
}

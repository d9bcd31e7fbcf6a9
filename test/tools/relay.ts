// Stands between a client and a server. It passes requests on and keeps what the server answered, so that a second client that
// asks the same can be given the same: two clients then differ only in what they make of it.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Exchange {
  readonly operation: string
  readonly body: unknown
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly answer: string
}

export interface Relay extends AsyncDisposable {
  readonly url: string
  /** From now on requests go to the server; `shown` is what becomes of an answer on its way to the client. */
  readonly record: (shown: (operation: string, answer: string) => string) => void
  /** From now on each request gets the answer that the server gave to the request of its place. */
  readonly replay: (exchanges: readonly Exchange[], shown: (operation: string, answer: string) => string) => void
  /** What went through since the last `record` or `replay`: the server's answers, as they were. */
  readonly exchanges: () => readonly Exchange[]
}

export async function startRelay(server: string): Promise<Relay> {
  let shown = (_operation: string, answer: string) => answer
  let kept: readonly Exchange[] | undefined
  let seen: Exchange[] = []
  const listener = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await bodyOf(incoming)
      const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? ''
      const answered = kept === undefined ? await passedOn(server, incoming, body) : kept[seen.length]
      if (answered === undefined) return void outgoing.writeHead(500).end('{"message": "nobody asked this before"}')
      seen.push({ ...answered, operation, body: JSON.parse(body) })
      reply(outgoing, answered, shown(operation, answered.answer))
    })()
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    record(how) {
      ;[shown, kept, seen] = [how, undefined, []]
    },
    replay(exchanges, how) {
      ;[shown, kept, seen] = [how, exchanges, []]
    },
    exchanges: () => seen,
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections()
      listener.close()
      await once(listener, 'close')
    },
  }
}

/** With the same Host, since that is signed. */
async function passedOn(server: string, { headers }: IncomingMessage, body: string): Promise<Exchange> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const { hostname, port } = new URL(server)
  request({ hostname, port, method: 'POST', path: '/', headers, agent: false }, resolve).on('error', reject).end(body)
  const incoming = await promise
  return {
    operation: '',
    body: undefined,
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    answer: await bodyOf(incoming),
  }
}

function reply(outgoing: ServerResponse, { status, headers }: Exchange, body: string): void {
  const kept = Object.entries(headers).filter(
    ([name]) => !['content-length', 'connection', 'keep-alive'].includes(name),
  )
  outgoing.writeHead(status, { ...Object.fromEntries(kept), connection: 'close' }).end(body)
}

async function bodyOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

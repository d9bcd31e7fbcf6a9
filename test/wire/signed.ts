// Requests as a client signs them, with everything in the test's hands: what is signed, and what is sent after that.
import assert from 'node:assert/strict'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import { percentEncode, sign } from '../../src/identity/sigv4.test-signer.ts'

export interface Signed {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Wish {
  /** The operation, or the whole target if it has a dot. */
  readonly target?: string | undefined
  readonly body?: string | Uint8Array
  readonly method?: string
  readonly path?: string
  readonly query?: Readonly<Record<string, string>>
  /** Added to those that a client sends, or in their place; null: without this one. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly key?: string
  readonly secret?: string
  readonly sessionToken?: string
  readonly region?: string
  readonly service?: string
  readonly date?: Date
  readonly form?: 'header' | 'presigned'
  /** Lower-case headers that the presigned form does not move into the query. */
  readonly keepInHeader?: readonly string[]
}

/** Signed by the official signer; by default as account 000000000000 in us-east-1. */
export async function signed(url: string, wish: Wish): Promise<Signed> {
  const { target } = wish
  const usual = {
    host: new URL(url).host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': target === undefined || target.includes('.') ? (target ?? null) : `OvertureService.${target}`,
  }
  const wanted = Object.entries({ ...usual, ...wish.headers }).filter((pair) => pair[1] !== null)
  const body = typeof wish.body === 'object' ? wish.body : Buffer.from(wish.body ?? '{}')
  const { method, path, parameters, headers } = await sign(
    {
      method: wish.method ?? 'POST',
      path: wish.path ?? '/',
      query: wish.query ?? {},
      headers: Object.fromEntries(wanted.map(([name, value]) => [name, value ?? ''])),
      body,
    },
    {
      form: wish.form ?? 'header',
      accessKeyId: wish.key ?? 'test',
      secretAccessKey: wish.secret ?? 'test',
      sessionToken: wish.sessionToken,
      region: wish.region ?? 'us-east-1',
      service: wish.service ?? 'directconnect',
      date: wish.date ?? new Date(),
      contentHash: false,
      expiresSeconds: 60,
      keepInHeader: wish.keepInHeader,
    },
  )
  const query = parameters.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')
  return { method, path: query === '' ? path : `${path}?${query}`, headers: Object.fromEntries(headers), body }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers whose types they state themselves
  readonly json: any
  /** What its `__type` says; of an answer that is no refusal, undefined. */
  readonly code: string | undefined
}

/** `chunked`: the body is sent without saying how long it is. */
export function send(url: string, sent: Signed, chunked = false): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(sent.body.length) }
  const { hostname, port } = new URL(url)
  const request = httpRequest(
    { hostname, port, path: sent.path, method: sent.method, headers: { ...sent.headers, ...length }, agent: false },
    (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('error', reject)
      response.on('end', () => {
        const json = parsed(text)
        const { ['__type']: code } = json ?? {}
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json, code })
      })
    },
  )
  request.on('error', reject)
  request.end(sent.body)
  return promise
}

export async function call(url: string, wish: Wish): Promise<Answer> {
  return send(url, await signed(url, wish))
}

/** As bytes, such as several requests may be on one connection. */
export function bytesOf({ method, path, headers, body }: Signed): string {
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map((pair) => pair.join(': '))
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${Buffer.from(body).toString('latin1')}`
}

/** A fresh connection, and all that comes back until it is closed. */
export function connection(url: string): { readonly socket: Socket; readonly answered: Promise<string> } {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let back = ''
  socket.setEncoding('latin1').on('data', (part: string) => (back += part))
  socket.on('error', reject)
  socket.on('close', () => resolve(back))
  return { socket, answered: promise }
}

/** Writes to a fresh connection and gives what comes back until it is closed, or until `enough` says so. */
export function exchange(url: string, text: string, enough = (_text: string) => false): Promise<string> {
  const { socket, answered } = connection(url)
  let back = ''
  socket.on('data', (part) => {
    back += String(part)
    if (enough(back)) socket.end()
  })
  socket.write(text, 'latin1')
  return answered
}

export const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** Holds an answer to be this refusal, with all that every refusal has and nothing else. */
export function refused({ status, code, json, headers, text }: Answer, ...wanted: [number, string, RegExp]): void {
  assert.deepEqual([status, code], [wanted[0], wanted[1]], text)
  assert.match(json.message, wanted[2])
  assert.deepEqual(Object.keys(json), ['__type', 'message'])
  assert.equal(headers['content-type'], 'application/x-amz-json-1.1')
  assert.match(String(headers['x-amzn-requestid']), uuid)
}

// oxlint-disable-next-line typescript/no-explicit-any -- see Answer
function parsed(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

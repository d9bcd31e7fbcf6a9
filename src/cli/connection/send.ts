import type { IncomingMessage } from 'node:http'
import { CommandError } from '../command.ts'

export interface Request {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

const silenceMs = 60_000
const longestBytes = 64 * 1024 * 1024

/** One request and its whole answer. Throws CommandError where there is no answer. */
export async function send({ method, url, headers, body }: Request): Promise<Answer> {
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const failed = (error: NodeJS.ErrnoException) => new CommandError(reason(url, error))
  const asked = request(url, { method, headers, agent: false, timeout: silenceMs }, resolve)
  asked.on('timeout', () => asked.destroy(new Error(`it was silent for ${silenceMs / 1000} s`)))
  asked.on('error', (error) => reject(failed(error)))
  asked.end(body)
  const answer = await promise
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of answer) {
      bytes += chunk.length
      if (bytes > longestBytes) throw new Error(`its answer is longer than ${longestBytes} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw failed(error as Error)
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') }
}

function reason({ origin }: URL, error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED')
    return `nobody listens at ${origin}; start a server with 'crossconnect serve', or name another with --endpoint-url`
  if (error.code === 'ENOTFOUND') return `there is no host of the name in ${origin}`
  return `no answer from ${origin}: ${error.message || error.code || 'it failed'}`
}

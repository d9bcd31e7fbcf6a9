import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signed } from '../test/wire/signed.ts'

/** What a load of one request, again and again, came to. */
export interface Load {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers that were not 2xx. */
  readonly refused: number
  readonly requests: number
}

export interface LoadWish {
  readonly target: string
  readonly input: object
  readonly clients: number
  readonly seconds: number
  readonly key?: string
}

/** Sends one really signed request from so many clients at once, with `wrk`. */
export async function load(url: string, { target, input, clients, seconds, key }: LoadWish): Promise<Load> {
  const request = await signed(url, { target, body: JSON.stringify(input), ...(key === undefined ? {} : { key }) })
  return wrk(url, request, clients, seconds)
}

export async function wrk(
  url: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array },
  clients: number,
  seconds: number,
): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'crossconnect-bench-'))
  try {
    const script = join(folder, 'request.lua')
    writeFileSync(script, lua(request))
    const output = await run('wrk', ['-t1', `-c${clients}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url])
    const found = /^RESULT (\S+) (\S+) (\S+) (\S+) (\S+)$/m.exec(output)
    if (found === null) throw new Error(`wrk said: ${output}`)
    const [, requests = 0, micros = 0, p50 = 0, p99 = 0, refused = 0] = found.map(Number)
    return {
      requestsPerSecond: requests / (micros / 1e6),
      p50Ms: p50 / 1e3,
      p99Ms: p99 / 1e3,
      refused,
      requests,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function lua({ headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array }) {
  const text = (value: string) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`
  const sent = Object.entries(headers).filter(([name]) => !['content-length', 'host'].includes(name))
  return [
    'wrk.method = "POST"',
    `wrk.body = ${text(Buffer.from(body).toString())}`,
    ...sent.map(([name, value]) => `wrk.headers[${text(name)}] = ${text(value)}`),
    'function done(summary, latency, requests)',
    '  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,',
    '    latency:percentile(50), latency:percentile(99), summary.errors.status))',
    'end',
    '',
  ].join('\n')
}

function run(command: string, args: readonly string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.on('error', reject)
  child.on('close', () => resolve(output))
  return promise
}

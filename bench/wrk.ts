import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Signed, signed } from '../test/wire/signed.ts'

/** What a load of one request, again and again, came to. */
export interface Load {
  /** Answered with 2xx. */
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers that were not 2xx. */
  readonly refused: number
  readonly requests: number
}

/** A request as it is signed. */
type Request = Pick<Signed, 'headers' | 'body'>

export interface LoadWish {
  readonly target: string
  /** Each client sends the next one; after the last one they begin anew. */
  readonly inputs: readonly object[]
  readonly clients: number
  readonly seconds: number
}

/** Sends really signed requests from so many clients at once, with `wrk`. Signatures are good for five minutes. */
export async function load(url: string, { target, inputs, clients, seconds }: LoadWish): Promise<Load> {
  const requests = await Promise.all(inputs.map((input) => signed(url, { target, body: JSON.stringify(input) })))
  return wrk(url, requests, clients, seconds)
}

async function wrk(url: string, requests: readonly Request[], clients: number, seconds: number): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'crossconnect-bench-'))
  try {
    const script = join(folder, 'requests.lua')
    const list = join(folder, 'requests.txt')
    writeFileSync(list, requests.map((request) => raw(url, request)).join('\0'))
    writeFileSync(script, lua.replace('LIST', list))
    const output = await run('wrk', ['-t1', `-c${clients}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url])
    const found = /^RESULT (\S+) (\S+) (\S+) (\S+) (\S+)$/m.exec(output)
    if (found === null) throw new Error(`wrk said: ${output}`)
    const [, count = 0, micros = 0, p50 = 0, p99 = 0, refused = 0] = found.map(Number)
    return {
      requestsPerSecond: (count - refused) / (micros / 1e6),
      p50Ms: p50 / 1e3,
      p99Ms: p99 / 1e3,
      refused,
      requests: count,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** All bytes of a request, as wrk puts them on the wire. */
function raw(url: string, { headers, body }: Request): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const length = `content-length: ${body.length}`
  const all = headers['content-length'] === undefined ? [...lines, length] : lines
  return [`POST ${new URL(url).pathname} HTTP/1.1`, ...all, '', Buffer.from(body).toString()].join('\r\n')
}

const lua = `
local file = io.open("LIST", "rb")
local requests = {}
for request in (file:read("*a") .. "\\0"):gmatch("(.-)%z") do requests[#requests + 1] = request end
file:close()
local turn = 0
function request()
  turn = turn % #requests + 1
  return requests[turn]
end
function done(summary, latency, _)
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status))
end
`

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

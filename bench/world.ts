import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '../src/store/sqlite.ts'
import type { Store } from '../src/store/store.ts'
import { createVault, readKeyFile } from '../src/store/vault.ts'
import { type Program, type Running, started, temporary } from '../test/start/process.ts'
import { call } from '../test/wire/signed.ts'

/** A data directory that servers are started on, one after the other, and that is filled in between. */
export interface World extends Disposable {
  readonly directory: string
  /** No quotas, and everything that is ordered is there at once. */
  start(): Promise<Running>
  /** While no server runs. */
  fill(work: (store: Store) => Promise<void>): Promise<void>
}

const flags = ['--quotas', 'none', '--timing', 'instant']

/**
 * Its compiled code is kept and its inventory laid out, as in an installation that was started before.
 * @param program what serves it, if it is not this checkout
 */
export async function newWorld(program?: Program): Promise<World> {
  const home = temporary()
  // As `npm start` does.
  const environment = { NODE_COMPILE_CACHE: join(home.path, 'compiled') }
  const start = () => started(home.path, { args: flags, environment, ...(program === undefined ? {} : { program }) })
  const first = await start()
  await first.end()
  return {
    directory: home.path,
    start,
    async fill(work) {
      const store = await openSqlite(home.path, createVault(readKeyFile(join(home.path, 'secret.key'))))
      try {
        await work(store)
      } finally {
        await store.close()
      }
    },
    [Symbol.dispose]: () => home[Symbol.dispose](),
  }
}

/** A customer's call that has to succeed. */
export async function ask(url: string, target: string, input: object): Promise<Readonly<Record<string, unknown>>> {
  const { status, text, json } = await call(url, { target, body: JSON.stringify(input) })
  if (status !== 200) throw new Error(`${target}: ${text}`)
  return json
}

/** An operator's call that has to succeed. */
export async function order(url: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${url}/operator/v1${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${text}`)
}

export const portsOfDevice = 512

/** Locations with one device each and all the ports that it may have; their codes. */
export async function layOut(url: string, locations: number): Promise<readonly string[]> {
  const codes = Array.from({ length: locations }, (_, index) => `BENCH${index}`)
  for (const code of codes) {
    await order(url, '/locations', { code, name: code, region: 'us-east-1' })
    await order(url, '/devices', { locationCode: code, ports: { '10Gbps': portsOfDevice } })
  }
  return codes
}

/** What a process has used until now, in microseconds of user and system mode. */
export function cpuMicros(pid: number): number {
  // The name before the last parenthesis may contain anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  const ticks = Number(fields[11]) + Number(fields[12])
  return ticks * 10_000
}

/** What of a process is in memory now, in megabytes. */
export function residentMegabytes(pid: number): number {
  const [, kilobytes = ''] = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

// A private PostgreSQL cluster, started when a test first needs one and gone when the process is: on a free port of the
// loopback interface, with the settings that a careful operator would leave alone.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const [newest] = globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed()
/** Where Debian keeps the server's programs. */
export const postgresPrograms = newest !== undefined && existsSync(join(newest, 'postgres')) ? newest : undefined

export interface Cluster {
  /** The URL of a new, empty database. */
  database(name: string): string
  /** What `psql` answers, as bare rows. */
  psql(database: string, statement: string): string
  readonly directory: string
  readonly port: number
  /** Of the postmaster. */
  readonly pid: number
  /** Starts it again on the same data, once it has ended. */
  startAgain(): Promise<void>
}

let cluster: Promise<Cluster> | undefined
let sharedDirectory = ''

export function postgresCluster(): Promise<Cluster> {
  cluster ??= start().then((started) => {
    sharedDirectory = started.directory
    return started
  })
  return cluster
}

/** Of the cluster that tests share, once it runs. */
export function clusterDirectory(): string {
  return sharedDirectory
}

/** A cluster of a test's own, which it may kill. */
export async function start(): Promise<Cluster> {
  const programs = postgresPrograms
  if (programs === undefined) throw new Error('PostgreSQL is not installed')
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-postgres-'))
  // PostgreSQL does not run as root.
  const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined
  if (user !== undefined) chownSync(directory, user.uid, user.gid)
  const data = join(directory, 'data')
  const how = { ...user, cwd: directory, stdio: 'ignore' } as const
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'crossconnect', '-A', 'trust', '-E', 'UTF8'], how)
  const port = await freePort()
  let pid = 0

  const launch = async () => {
    const options = ['-p', String(port), '-h', '127.0.0.1', '-k', directory, '-c', 'max_connections=200']
    // As long as processes of one that was killed are not gone, another one does not start.
    const attempt = () => {
      const child = spawn(join(programs, 'postgres'), ['-D', data, ...options], how)
      child.unref()
      pid = child.pid ?? 0
      return child
    }
    let child = attempt()
    const isReady = () => {
      try {
        execFileSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)])
        return true
      } catch {
        return false
      }
    }
    const deadline = performance.now() + 20_000
    while (!isReady()) {
      if (performance.now() > deadline) throw new Error('PostgreSQL does not start')
      await delay(50)
      if (child.exitCode !== null) child = attempt()
    }
  }
  await launch()
  process.once('exit', () => {
    // Waits for its end, or it would still write into what is removed. One that has ended already is no matter.
    spawnSync(join(programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate', '-w'], how)
    rmSync(directory, { recursive: true, force: true })
  })
  const psql = (database: string, statement: string) =>
    execFileSync(
      join(programs, 'psql'),
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'crossconnect', '-d', database, '-Atqc', statement],
      { encoding: 'utf8' },
    ).trim()
  return {
    directory,
    port,
    get pid() {
      return pid
    },
    psql,
    database(name) {
      psql('postgres', `CREATE DATABASE "${name}"`)
      return `postgres://crossconnect@127.0.0.1:${port}/${name}`
    },
    startAgain: launch,
  }
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer()
  probe.once('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    probe.close(() => resolve(port))
  })
  return promise
}

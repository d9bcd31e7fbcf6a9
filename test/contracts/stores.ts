// The stores that keep the contract of src/store/store.ts, and what its suite needs to know of each.
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Gateway } from '../../src/product/gateways/gateway.ts'
import type { VirtualInterface } from '../../src/product/virtual-interfaces/virtual-interface.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { createVault, type Vault } from '../../src/store/vault.ts'
import { skipWithout } from '../tools/clients.ts'
import { clusterDirectory, postgresCluster, postgresPrograms } from '../tools/postgres.ts'

export interface Implementation {
  readonly name: string
  /** Opens what is kept in a directory, or begins it. */
  readonly open: (directory: string, vault: Vault) => Promise<Store>
  /** All that lies on the disk. */
  readonly atRest: (directory: string) => Buffer
  /** How many commits the log of a directory holds. */
  readonly commitsIn: (directory: string) => number
  /** Whether it keeps things in the directory itself, so that a full disk there is its concern. */
  readonly onOwnDisk: boolean
  /** Why it cannot be tried on this machine, as `test` takes it. */
  readonly skip: string | false
}

export const implementations: readonly Implementation[] = [
  {
    name: 'sqlite',
    open: openSqlite,
    atRest: (directory) => Buffer.concat(globSync(join(directory, '*')).map((file) => readFileSync(file))),
    commitsIn: (directory) => commitFrames(readFileSync(join(directory, 'crossconnect.sqlite-wal'))),
    onOwnDisk: true,
    skip: false,
  },
  {
    name: 'postgres',
    async open(directory, vault) {
      const name = databaseOf(directory)
      const cluster = await postgresCluster()
      const url = databases.get(name) ?? cluster.database(name)
      databases.set(name, url)
      return openPostgres(url, vault)
    },
    atRest: (directory) => dumped(databases.get(databaseOf(directory)) ?? ''),
    commitsIn: () => loggedCommits(),
    onOwnDisk: false,
    ...skipWithout('a store in PostgreSQL', postgresPrograms),
  },
]

/** The database that stands for a directory, with its URL. */
const databases = new Map<string, string>()
const databaseOf = (directory: string) => basename(directory)

function dumped(url: string): Buffer {
  return execFileSync(join(postgresPrograms ?? '', 'pg_dump'), [url])
}

/** Commits of transactions that wrote something, in the log of the whole cluster, which only the tests use. */
function loggedCommits(): number {
  const logs = globSync(join(clusterDirectory(), 'data/pg_wal/0*'))
  const commitsOf = (log: string) => {
    const { stdout } = spawnSync(join(postgresPrograms ?? '', 'pg_waldump'), ['--rmgr=Transaction', log], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    return stdout.split('\n').filter((line) => line.includes('desc: COMMIT ')).length
  }
  return logs.reduce((sum, log) => sum + commitsOf(log), 0)
}

/** A frame of SQLite's log that ends a transaction names the size of the database after it. */
function commitFrames(log: Buffer): number {
  const frameBytes = 24 + log.readUInt32BE(8)
  const frames = Math.floor((log.length - 32) / frameBytes)
  return Array.from({ length: frames }, (_, frame) => log.readUInt32BE(32 + frame * frameBytes + 4)).filter(
    (size) => size > 0,
  ).length
}

/** A store in a directory of its own, which a test may close and open again. */
export interface Opened extends AsyncDisposable {
  readonly store: Store
  readonly directory: string
  reopen(): Promise<void>
}

export async function opened(
  { open }: Implementation,
  directory = mkdtempSync(join(tmpdir(), 'crossconnect-store-')),
): Promise<Opened> {
  const vault = createVault(randomBytes(32))
  let store = await open(directory, vault)
  return {
    get store() {
      return store
    },
    directory,
    async reopen() {
      await store.close()
      store = await open(directory, vault)
    },
    async [Symbol.asyncDispose]() {
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export interface SmallDisk extends Disposable {
  /** Where a store may be opened. */
  readonly directory: string
  /** Leaves about as many bytes. */
  fill(leaveBytes: number): void
  /** Gives back what `fill` took. */
  free(): void
}

/** A real disk of a few megabytes, in memory; undefined where this machine does not let us have one. */
export function smallDisk(megabytes: number): SmallDisk | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory], { stdio: 'ignore' })
  } catch {
    rmSync(directory, { recursive: true })
    return undefined
  }
  const filler = join(directory, 'filler')
  const freeBytes = () => Number(execFileSync('df', ['--output=avail', '-B1', directory]).toString().split('\n')[1])
  return {
    directory,
    fill: (leaveBytes) => writeFileSync(filler, Buffer.alloc(freeBytes() - leaveBytes)),
    free: () => rmSync(filler),
    [Symbol.dispose]() {
      execFileSync('umount', [directory])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export function gateway(id: string, facts: Partial<Gateway> = {}): Gateway {
  return {
    id,
    createdAt: 1_000,
    ownerAccount: '111122223333',
    name: `Gateway ${id}`,
    amazonSideAsn: 64_512,
    tags: [],
    availableAt: 1_000,
    deleteAskedAt: null,
    deletedAt: null,
    ...facts,
  }
}

/** It claims its VLAN on its connection, is in one set under two values, and may hold a secret. */
export function virtualInterface(id: string, facts: Partial<VirtualInterface> = {}): VirtualInterface {
  return {
    id,
    createdAt: 1_000,
    type: 'private',
    ownerAccount: '111122223333',
    region: 'us-east-1',
    location: 'EqDC2',
    connectionId: 'dxcon-f0000001',
    connectionOwner: '444455556666',
    name: `Virtual interface ${id}`,
    vlan: 101,
    mtu: 1_500,
    virtualGatewayId: 'vgw-1',
    directConnectGatewayId: null,
    amazonSideAsn: 64_512,
    routeFilterPrefixes: [],
    siteLinkEnabled: false,
    rateLimit: null,
    prefixAllocation: null,
    formerAllocations: [],
    peers: [],
    tags: [],
    allocated: false,
    confirmedAt: null,
    verifiedAt: null,
    provisionedAt: null,
    attachedAt: null,
    rejectedAt: null,
    deleteAskedAt: null,
    deletedAt: null,
    ...facts,
  }
}

/** Lets everything run that is ready to. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}

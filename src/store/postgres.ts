import { Client, type ClientBase, type ClientConfig, Pool, types } from 'pg'
import { attemptsWith } from './attempts.ts'
import type { Database } from './database.ts'
import { createMemory } from './memory.ts'
import { migrations } from './migrations/migrations.ts'
import { overConnection } from './postgres-connection.ts'
import { type Lease, leaseOf } from './postgres-lease.ts'
import { type Listener, listenTo } from './postgres-listener.ts'
import { proveKey, reading, writingOn } from './records.ts'
import { NotDurable, type Store, type Writing } from './store.ts'
import type { Vault } from './vault.ts'

/**
 * The store for several servers: a PostgreSQL database that all of them share.
 *
 * Decisions count what others have (quotas, free ports, overlapping prefixes), so that no two may be taken at the same
 * time. As with SQLite one server at a time has the right to write, here a lock of the database's; it runs whatever
 * waits, each request in a savepoint, and one COMMIT makes all of it durable and gives the right to the next. A server
 * that dies loses its connection, and with it the right. Readers need no lock: each sees one commit.
 */
export interface PostgresStore extends Store {
  /** Is called after every commit of another server, or when some may have been missed. */
  onCommit(listener: () => void): void
  /** What one of the servers has at a time, by a name that they agree on. */
  lease(name: string): Lease
  /** Which database it is, whoever it is that connects, and however. */
  readonly place: string
}

/** A key of the database's advisory locks that nobody else is likely to take: `xconnect` in ASCII. */
const writingLock = 0x78636f6e6e656374n
/** A migration is one server's at a time. */
const migrationLock = writingLock + 1n

/** The right to write is given on after so many requests, or so many real milliseconds, that others may have it. */
const mostInGroup = 64
const longestGroupMs = 50

/**
 * So long a server that has the right may say nothing, real milliseconds: one that was stopped, or whose machine is gone, the
 * database would wait for, and everybody with it. It gives up what that server had begun.
 */
const longestSilenceMs = 5_000

/**
 * So long an answer may take, real milliseconds. A database that has moved to another machine, or a firewall that has forgotten
 * a connection, says nothing any more, and the system would only notice after a quarter of an hour.
 */
const longestAnswerMs = 30_000

const readers = 8
const channel = 'crossconnect'

/** Throws if it cannot be reached, or was made by a later version, or with another key. */
export async function openPostgres(url: string, vault: Vault, answerMs = longestAnswerMs): Promise<PostgresStore> {
  const settings: ClientConfig = {
    connectionString: url,
    application_name: 'crossconnect',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // What does not depend on an answer is sent without waiting for it.
    pipeline: true,
    types: { getTypeParser: parserOf },
  }
  await prepare(settings, vault)
  const listener = await listenTo(() => new Client(settings), channel)
  // Not for migrations, which take as long as they take.
  return storeOn({ ...settings, query_timeout: answerMs }, vault, listener)
}

/** Epoch milliseconds are bigints to PostgreSQL, and numbers to us. */
const parserOf: NonNullable<ClientConfig['types']>['getTypeParser'] = ((oid: number, format?: 'text') =>
  oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) as never

function storeOn(settings: ClientConfig, vault: Vault, listener: Listener): PostgresStore {
  const pool = new Pool({ ...settings, max: readers, idleTimeoutMillis: 60_000 })
  // A connection that is lost while nobody uses it is made anew by whoever next needs one.
  pool.on('error', () => {})
  // Nor does one that is lost while a reader has it but is not asking: whoever asks next is told.
  pool.on('connect', (client) => void client.on('error', () => {}))
  const databases = new WeakMap<ClientBase, Database>()
  /** A statement has failed in its transaction, and nothing has been rolled back since. */
  const spoilt = new WeakSet<ClientBase>()
  const over = (client: ClientBase): Database => {
    let db = databases.get(client)
    if (db === undefined) {
      db = overConnection(client, () => spoilt.add(client))
      databases.set(client, db)
    }
    return db
  }

  let writer: Client | undefined
  const connected = async (): Promise<Client> => {
    if (writer !== undefined) return writer
    const client = new Client({ ...settings, idle_in_transaction_session_timeout: longestSilenceMs })
    client.on('error', () => {
      if (writer === client) writer = undefined
    })
    await client.connect()
    writer = client
    return client
  }

  interface Job {
    readonly run: (writing: Writing) => Promise<unknown>
    readonly settled: PromiseWithResolvers<unknown>
  }
  const waiting: Job[] = []
  let busy: Promise<void> | undefined

  async function groups(): Promise<void> {
    try {
      while (waiting.length > 0) await group()
    } finally {
      // In the same step as the last look at who waits, or somebody could come in between.
      busy = undefined
    }
  }

  async function group(): Promise<void> {
    const done: { readonly job: Job; readonly settle: () => void }[] = []
    try {
      const client = await connected()
      let begun = Number.POSITIVE_INFINITY
      // The first question is on its way before the answer: it is put once the right is ours.
      const begin = Promise.all([
        client.query('BEGIN'),
        client.query('SELECT pg_advisory_xact_lock($1)', [writingLock]),
      ]).then(() => void (begun = performance.now()))
      begin.catch(() => {})
      // Others may have written since the last group.
      const memory = createMemory('writer')
      const statement = async (sql: string) => void (await client.query(sql))
      // Whether it could be done the next statement tells, and at last the commit.
      const later = (sql: string) => void client.query(sql).catch(() => {})
      const attempts = attemptsWith({
        isSpoilt: () => spoilt.has(client),
        set: (name) => later(`SAVEPOINT ${name}`),
        release: (name) => later(`RELEASE ${name}`),
        async rollBackTo(name) {
          memory.forget()
          await statement(`ROLLBACK TO ${name}`)
          spoilt.delete(client)
        },
        drop: (name) => statement(`RELEASE ${name}`),
      })
      const writing = writingOn(over(client), vault, memory, attempts)
      while (waiting.length > 0 && done.length < mostInGroup && performance.now() - begun < longestGroupMs) {
        const job = waiting.shift()
        if (job === undefined) break
        const lost = { job, settle: () => job.settled.reject(new NotDurable('the connection was lost')) }
        done.push(lost)
        const settle = await writing
          .attempt(() => job.run(writing))
          .then(
            (value) => () => job.settled.resolve(value),
            (error: unknown) => () => job.settled.reject(error),
          )
        done[done.length - 1] = { job, settle }
      }
      const [, , , { command }] = await Promise.all([
        begin,
        writing.finish(),
        client.query(`NOTIFY ${channel}`),
        client.query('COMMIT'),
      ])
      // So PostgreSQL says that something before had failed.
      if (command !== 'COMMIT') throw new Error('the transaction had failed')
      for (const { settle } of done) settle()
    } catch (error) {
      const failure = new NotDurable('the group could not be committed', { cause: error })
      for (const { job } of done) job.settled.reject(failure)
      // A database that does not even begin would let everybody wait who waits.
      if (done.length === 0) for (const { settled } of waiting.splice(0)) settled.reject(failure)
      const lost = writer
      writer = undefined
      await lost?.end().catch(() => {})
    }
  }

  let closing: Promise<void> | undefined
  const close = async () => {
    await busy
    await Promise.all([listener.end(), pool.end(), writer?.end().catch(() => {})])
  }
  return {
    onCommit: listener.onNotice,
    lease: (name) => leaseOf(() => new Client(settings), name),
    place: placeOf(settings),
    async read(work) {
      if (closing !== undefined) throw new Error('the store is closed')
      const client = await pool.connect()
      let failure: Error | undefined
      try {
        const begun = client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
        begun.catch(() => {})
        const value = await work(reading(over(client), vault, createMemory('reader')))
        await begun
        // Nobody has to wait for it, since nothing was changed; who has the connection next comes after it.
        client.query('COMMIT').catch(() => {})
        return value
      } catch (error) {
        await client.query('ROLLBACK').catch((broken: Error) => (failure = broken))
        throw error
      } finally {
        client.release(failure)
      }
    },
    write<T>(work: (writing: Writing) => Promise<T>): Promise<T> {
      if (closing !== undefined) return Promise.reject(new NotDurable('the store is closed'))
      const settled = Promise.withResolvers<unknown>()
      waiting.push({ run: work, settled })
      busy ??= groups()
      // What a job settles with is what its own work returned.
      return settled.promise as Promise<T>
    },
    close: () => (closing ??= close()),
  }
}

function placeOf(settings: ClientConfig): string {
  const { host, port, database } = new Client(settings)
  return `${host}:${port}/${database}`
}

/** Brings the schema to the present one and proves the key, one server at a time. */
async function prepare(settings: ClientConfig, vault: Vault): Promise<void> {
  const client = new Client(settings)
  client.on('error', () => {})
  await client.connect()
  try {
    const db = overConnection(client)
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)')
    const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version')
    const found = rows[0]?.version ?? 0
    if (found > migrations.length) throw new Error('the database was made by a later version of crossconnect')
    for (const up of migrations.slice(found)) await up(db)
    if (rows.length === 0) await client.query('INSERT INTO schema_version VALUES ($1)', [migrations.length])
    else if (found < migrations.length)
      await client.query('UPDATE schema_version SET version = $1', [migrations.length])
    await proveKey(db, vault)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

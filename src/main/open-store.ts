import type { Lease } from '../store/postgres-lease.ts'
import { openSqlite } from '../store/sqlite.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../store/vault.ts'
import { type Options, UsageError, withoutPassword } from './options.ts'

export interface OpenedStore {
  readonly store: Store
  /** Calls `listener` when another server that shares the store has changed something. */
  readonly onCommit: (listener: () => void) => void
  /** Whether it is this server's turn to do what only one of those that share the store may do. */
  readonly lease: (name: string) => Lease
  /** The database, as all servers that share it call it; null: it is this server's alone. */
  readonly shared: string | null
}

/** Who shares the store with nobody has every right. */
const alone: Lease = { held: async () => true, end: async () => {} }

/** The store that the options name: a PostgreSQL database, or a file in the data directory. Throws UsageError. */
export async function openStore({ data, database }: Options, vault: Vault): Promise<OpenedStore> {
  if (database === null)
    return { store: await openSqlite(data, vault), onCommit: () => {}, lease: () => alone, shared: null }
  const { openPostgres } = await import('../store/postgres.ts')
  try {
    const store = await openPostgres(database, vault)
    return { store, onCommit: store.onCommit, lease: store.lease, shared: store.place }
  } catch (error) {
    throw new UsageError(`--database ${withoutPassword(database)}: ${reasonOf(error)}`)
  }
}

/** What the driver says of several addresses that it tried is in the errors, not in the message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error && error.message !== '' ? error.message : 'it cannot be used'
}

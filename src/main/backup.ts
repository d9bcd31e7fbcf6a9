import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backupSqlite, restoreSqlite } from '../store/sqlite-file.ts'
import { createVault, keyOf, readKeyFile } from '../store/vault.ts'
import { holdDirectory } from './hold-directory.ts'
import { makeDirectory } from './make-directory.ts'
import { type Options, UsageError } from './options.ts'

type Where = Pick<Options, 'data' | 'database' | 'secretKey'>

/** Copies everything but the key into a file, while a server may be using it. Throws UsageError. */
export async function backUp({ data, database }: Where, file: string, told: (done: number) => void): Promise<void> {
  checkEmbedded(database)
  await usable(data, () => backupSqlite(data, file, told))
}

/** Puts a backup in the place of what is there. No server may be using it. Throws UsageError. */
export async function restore({ data, database, secretKey }: Where, file: string): Promise<void> {
  checkEmbedded(database)
  checkBackup(file)
  makeDirectory(data)
  const release = holdDirectory(data)
  try {
    await usable(data, async () => {
      const keyFile = join(data, 'secret.key')
      if (secretKey === undefined && !existsSync(keyFile))
        throw new Error(`${keyFile} is missing: put the key there that was in use when the backup was made`)
      await restoreSqlite(file, data, createVault(secretKey === undefined ? readKeyFile(keyFile) : keyOf(secretKey)))
    })
  } finally {
    release()
  }
}

/** Before a directory is made for it, or a key is asked for. */
function checkBackup(file: string): void {
  const there = statSync(file, { throwIfNoEntry: false })
  if (there === undefined) throw new UsageError(`${file || 'FILE'}: there is no such file`)
  if (!there.isFile()) throw new UsageError(`${file}: it is not a file that backup has written`)
}

function checkEmbedded(database: string | null): void {
  if (database !== null)
    throw new UsageError('--database: PostgreSQL has tools of its own for this, such as pg_dump and pg_restore')
}

async function usable(data: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`--data ${data}: ${error instanceof Error ? error.message : 'it cannot be used'}`)
  }
}

import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { migrations } from './migrations/migrations.ts'
import { nodeSqlite } from './node-sqlite.ts'
import { proveKey } from './records.ts'
import type { Vault } from './vault.ts'

/** Where the embedded store keeps everything but the key. */
export function sqlitePath(directory: string): string {
  return join(directory, 'crossconnect.sqlite')
}

/**
 * Copies the database of a data directory into a file, as of one commit, while servers go on using it.
 * @param told is called with how much is done, from 0 to 1
 */
export async function backupSqlite(directory: string, file: string, told: (done: number) => void): Promise<void> {
  if (!existsSync(sqlitePath(directory))) throw new Error(`${directory} holds no database`)
  const source = new DatabaseSync(sqlitePath(directory), { readOnly: true, timeout: 5_000 })
  const unfinished = `${file}.unfinished`
  try {
    beginFile(unfinished)
    // Without a transaction each commit of a server would make it begin again, and it might never end.
    source.exec('BEGIN; SELECT 1 FROM sqlite_schema')
    await backup(source, unfinished, {
      rate: 1_000,
      progress: ({ totalPages, remainingPages }) => told(1 - remainingPages / Math.max(1, totalPages)),
    })
    told(1)
    renameSync(unfinished, file)
  } finally {
    source.close()
    rmSync(unfinished, { force: true })
  }
}

/** For its owner alone, as the data directory is. */
function beginFile(file: string): void {
  try {
    writeFileSync(file, '', { mode: 0o600 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Error(`${file.replace(/\.unfinished$/, '')}: it cannot be written (${code})`, { cause: error })
  }
}

/**
 * Makes a backup the database of a data directory that nobody uses, in place of the one that is there. Throws if the file
 * is no whole backup, was made by a later version, or is sealed with another key; then nothing is changed.
 */
export async function restoreSqlite(file: string, directory: string, vault: Vault): Promise<void> {
  const unfinished = `${sqlitePath(directory)}.unfinished`
  const source = new DatabaseSync(asItLies(file), { readOnly: true })
  try {
    await check(source, file, vault)
    await backup(source, unfinished)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  } finally {
    source.close()
  }
  for (const rest of ['-wal', '-shm']) rmSync(sqlitePath(directory) + rest, { force: true })
  renameSync(unfinished, sqlitePath(directory))
}

/**
 * A backup is like its database in that whoever reads it would first make a log beside it, which on a disk that is read-only
 * cannot be, and elsewhere would stay. What has a log, as a data directory that was copied may, is read with that.
 */
function asItLies(file: string): string | URL {
  if (existsSync(`${file}-wal`)) return file
  const url = pathToFileURL(file)
  url.searchParams.set('immutable', '1')
  return url
}

async function check(database: DatabaseSync, file: string, vault: Vault): Promise<void> {
  const damaged = new Error(`${file} is not a whole backup of crossconnect`)
  let version: number
  try {
    const { integrity_check: result } = database.prepare('PRAGMA integrity_check').get() ?? {}
    if (result !== 'ok') throw damaged
    version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  } catch {
    throw damaged
  }
  if (version === 0) throw damaged
  if (version > migrations.length) throw new Error(`${file} was made by a later version of crossconnect`)
  await proveKey(nodeSqlite(database), vault)
}

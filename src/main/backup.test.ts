import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import {
  CreateDirectConnectGatewayCommand,
  DescribeDirectConnectGatewaysCommand,
  type DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../test/tools/server.ts'
import { openSqlite } from '../store/sqlite.ts'
import { createVault } from '../store/vault.ts'
import { backUp, restore } from './backup.ts'
import { UsageError } from './options.ts'

const where = (data: string) => ({ data, database: null, secretKey: undefined })
const make = (client: DirectConnectClient, directConnectGatewayName: string) =>
  client.send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName }))
async function namesOf(client: DirectConnectClient): Promise<readonly (string | undefined)[]> {
  const { directConnectGateways = [] } = await client.send(new DescribeDirectConnectGatewaysCommand({}))
  return directConnectGateways.map(({ directConnectGatewayName }) => directConnectGatewayName)
}

/** A folder that goes when the test does. */
function folder(): Disposable & { readonly path: string; readonly file: string } {
  const path = mkdtempSync(join(tmpdir(), 'crossconnect-backup-'))
  return { path, file: join(path, 'backup'), [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

test('a backup is taken while the server writes, as of one commit, and restored into another data directory', async () => {
  await using server = await startServer({ database: null, quotas: 'none' })
  using home = folder()
  const client = server.client()
  await make(client, 'before')
  const writing = Promise.all(Array.from({ length: 20 }, (_, n) => make(client, `meanwhile ${n}`)))
  const done: number[] = []
  await backUp(where(server.data), home.file, (each) => void done.push(each))
  await writing
  await make(client, 'after')
  assert.equal(done.at(-1), 1)

  copyFileSync(join(server.data, 'secret.key'), join(home.path, 'secret.key'))
  await restore(where(home.path), home.file)
  await using restored = await startServer({ database: null, data: home.path })
  const names = await namesOf(restored.client())
  assert.ok(names.includes('before') && !names.includes('after'), String(names))
})

test('a backup of more than is copied at once goes on where it was, however often the server commits meanwhile', async () => {
  using home = folder()
  using copied = folder()
  const store = await openSqlite(home.path, createVault(randomBytes(32)))
  const record = { text: 'x'.repeat(100_000) }
  const write = (id: string) =>
    store.write((writing) => writing.audit({ id, at: 1_000, accountId: '111122223333', eventName: 'Any', record }))
  await Promise.all(Array.from({ length: 200 }, (_, n) => write(`before ${n}`)))
  const done: number[] = []
  const seen = { begunAgain: false, ended: false }
  const writing = async () => {
    for (let n = 0; !seen.ended && !seen.begunAgain; n++) await write(`meanwhile ${n}`)
  }
  const busy = writing()
  await backUp(where(home.path), copied.file, (each) => {
    seen.begunAgain ||= each < (done.at(-1) ?? 0)
    done.push(each)
  })
  seen.ended = true
  await busy
  await store.close()
  assert.ok(done.length > 3, String(done))
  assert.equal(seen.begunAgain, false, String(done))
})

test('to restore a backup nothing is made beside it, so that it may lie on a disk that is read-only', async () => {
  await using server = await startServer({ database: null })
  using shelf = folder()
  using home = folder()
  const file = join(shelf.path, 'on a shelf ?#%41')
  await backUp(where(server.data), file, () => {})
  copyFileSync(join(server.data, 'secret.key'), join(home.path, 'secret.key'))
  await restore(where(home.path), file)
  assert.deepEqual(readdirSync(shelf.path), [basename(file)])
})

test('nothing is restored over a server that is running', async () => {
  await using server = await startServer({ database: null })
  using home = folder()
  await backUp(where(server.data), home.file, () => {})
  await assert.rejects(restore(where(server.data), home.file), /another server is using it/)
})

test('what is no whole backup, is sealed with another key or comes from a later version changes nothing', async () => {
  await using server = await startServer({ database: null })
  using home = folder()
  await make(server.client(), 'kept')
  await backUp(where(server.data), home.file, () => {})
  const key = join(home.path, 'secret.key')
  await assert.rejects(restore(where(home.path), home.file), /secret\.key is missing: put the key there/)
  writeFileSync(key, Buffer.alloc(32, 1).toString('base64'))
  await assert.rejects(restore(where(home.path), home.file), /not the key that sealed this database/)
  copyFileSync(join(server.data, 'secret.key'), key)

  const torn = join(home.path, 'torn')
  writeFileSync(torn, readFileSync(home.file).subarray(0, 20_000))
  await assert.rejects(restore(where(home.path), torn), /is not a whole backup of crossconnect/)
  writeFileSync(torn, 'text')
  await assert.rejects(restore(where(home.path), torn), /is not a whole backup of crossconnect/)

  const later = join(home.path, 'later')
  copyFileSync(home.file, later)
  using database = new DatabaseSync(later)
  database.exec('PRAGMA user_version = 99')
  await assert.rejects(restore(where(home.path), later), /was made by a later version of crossconnect/)
  assert.equal(existsSync(join(home.path, 'crossconnect.sqlite')), false)
})

test('where there is no backup that is said first, whatever else is missing, and nothing is made', async () => {
  using home = folder()
  const data = join(home.path, 'new')
  await assert.rejects(restore(where(data), home.file), /backup: there is no such file/)
  await assert.rejects(restore(where(data), ''), /^UsageError: FILE: there is no such file/)
  await assert.rejects(restore(where(data), home.path), /it is not a file that backup has written/)
  assert.deepEqual(readdirSync(home.path), [])
})

test('a database in PostgreSQL is left to the tools of PostgreSQL', async () => {
  const there = { ...where('/nowhere'), database: 'postgres://localhost/x' }
  await assert.rejects(
    backUp(there, '/nowhere/file', () => {}),
    UsageError,
  )
  await assert.rejects(restore(there, '/nowhere/file'), /pg_dump and pg_restore/)
})

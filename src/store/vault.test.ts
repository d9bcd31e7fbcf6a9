import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createVault, readKeyFile } from './vault.ts'

const vault = createVault(randomBytes(32))
const record = {
  id: 'a',
  name: 'sealed: is only a word here',
  peers: [
    { id: 'one', authKey: 'first secret', asn: 65_000 },
    { id: 'two', authKey: 'sealed:second secret', asn: 65_001 },
  ],
  none: null,
  secretAccessKey: 'Zürich 🙂',
}

test('what is sealed has no secret in it, and is opened as it was, member for member', () => {
  const sealed = vault.seal(record)
  for (const secret of ['first secret', 'second secret', 'Zürich']) assert.equal(sealed.includes(secret), false)
  const opened = vault.open(sealed)
  assert.deepEqual(opened, record)
  assert.equal(JSON.stringify(opened), JSON.stringify(record))
  assert.deepEqual(vault.open(vault.seal(vault.open(sealed) as object)), record, 'and so is what was opened')
})

test('a copy of what was opened has its secrets, and changing the copy changes nothing else', () => {
  const { peers } = vault.open(vault.seal(record)) as typeof record
  const copies = peers.map((peer) => ({ ...peer, asn: 1 }))
  assert.deepEqual(
    copies,
    record.peers.map((peer) => ({ ...peer, asn: 1 })),
  )
  assert.deepEqual({ ...copies[0], authKey: 'third' }, { ...record.peers[0], asn: 1, authKey: 'third' })
  assert.deepEqual(peers, record.peers)
})

test('what was sealed by somebody else, or not at all, is opened by nobody who looks at it, whatever else is looked at', () => {
  for (const sealed of [createVault(randomBytes(32)).seal(record), JSON.stringify(record)]) {
    const opened = vault.open(sealed) as typeof record
    assert.equal(opened.peers[0]?.asn, 65_000)
    assert.throws(() => opened.peers[0]?.authKey)
    assert.throws(() => opened.peers[0]?.authKey, 'nor by who looks again')
  }
})

test('a key file is made once, and for its owner alone', () => {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-key-'))
  try {
    const path = join(directory, 'secret.key')
    const key = readKeyFile(path)
    assert.equal(key.length, 32)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(readKeyFile(path), key)
    assert.deepEqual(readdirSync(directory), ['secret.key'])
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('of what was signed only the very text that was given out is taken', () => {
  const signed = vault.sign('a')
  assert.equal(vault.verify(signed), 'a')
  for (const other of [
    `${signed}=`,
    `${signed} `,
    `${signed}A`,
    signed.slice(0, -1),
    '',
    createVault(randomBytes(32)).sign('a'),
  ])
    assert.equal(vault.verify(other), undefined, other)
})

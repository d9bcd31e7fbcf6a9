import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccessKey, type AccessKeys, developmentKeys, firstOf } from './access-keys.ts'

const stored: AccessKey = {
  accessKeyId: 'AKIASTORED',
  secretAccessKey: 'long and secret',
  accountId: '222222222222',
  principalArn: 'arn:aws:iam::222222222222:user/alice',
  sessionToken: { kind: 'none' },
}
const storedKeys: AccessKeys = { find: async (id) => (id === stored.accessKeyId ? stored : undefined) }

test('the development key test is account 000000000000', async () => {
  assert.deepEqual(await developmentKeys().find('test'), {
    accessKeyId: 'test',
    secretAccessKey: 'test',
    accountId: '000000000000',
    principalArn: 'arn:aws:iam::000000000000:root',
    sessionToken: { kind: 'any' },
  })
})

test('the development key partner is account 111111111111', async () => {
  assert.equal((await developmentKeys().find('partner'))?.accountId, '111111111111')
})

test('twelve digits are the development key of the account of that number', async () => {
  const key = await developmentKeys().find('123456789012')
  assert.equal(key?.accountId, '123456789012')
  assert.equal(key?.principalArn, 'arn:aws:iam::123456789012:root')
  assert.equal(key?.secretAccessKey, 'test')
})

test('nothing else is a development key', async () => {
  const ids = [
    '',
    'Test',
    'test ',
    '12345678901',
    '1234567890123',
    '12345678901\n',
    '１２３４５６７８９０１２',
    '__proto__',
  ]
  const found = await Promise.all(ids.map((id) => developmentKeys().find(id)))
  assert.deepEqual(found, Array(ids.length).fill(undefined))
})

test('of several sources the first that knows a key answers', async () => {
  const mine: AccessKeys = { find: async (id) => ({ ...stored, accessKeyId: id, accountId: '333333333333' }) }
  assert.equal(await firstOf(developmentKeys(), storedKeys).find('AKIASTORED'), stored)
  assert.equal((await firstOf(developmentKeys(), storedKeys).find('test'))?.accountId, '000000000000')
  assert.equal((await firstOf(storedKeys, mine).find('AKIASTORED'))?.accountId, '222222222222')
  assert.equal((await firstOf(storedKeys, mine).find('AKIAOTHER'))?.accountId, '333333333333')
  assert.equal(await firstOf(developmentKeys(), storedKeys).find('AKIAOTHER'), undefined)
  assert.equal(await firstOf().find('test'), undefined)
})

test('a source that cannot be read is not mistaken for one without the key', async () => {
  const broken: AccessKeys = { find: () => Promise.reject(new Error('the store is closed')) }
  await assert.rejects(firstOf(broken, developmentKeys()).find('test'), /the store is closed/)
})

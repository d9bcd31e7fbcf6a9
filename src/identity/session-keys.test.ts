import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AuthenticationError } from './authentication-error.ts'
import { sessionKeys } from './session-keys.ts'
import { NOW, signed } from './sigv4.test-fixture.ts'
import { onTheWire } from './sigv4.test-signer.ts'
import { verifySignature } from './sigv4.ts'

const session = {
  accountId: '444455556666',
  principalArn: 'arn:aws:sts::444455556666:assumed-role/deploy/tom',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  expiresAt: NOW.getTime() + 60_000,
}
const keys = sessionKeys(async (id) => (id === 'ASIAEXAMPLE' ? session : undefined))

test('a temporary key works until its time is over, and is told so afterwards', async () => {
  const key = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }
  const request = onTheWire(await signed(key))
  const verify = (now: number) => verifySignature(request, keys, { services: ['directconnect'], now: () => now })
  assert.equal((await verify(session.expiresAt - 1)).accountId, '444455556666')
  await assert.rejects(verify(session.expiresAt), { name: AuthenticationError.name, code: 'ExpiredTokenException' })
})

test('only what looks like a temporary key is looked for', async () => {
  const asked: string[] = []
  const nobodys = sessionKeys(async (id) => void asked.push(id))
  for (const id of ['test', '111122223333', 'AKIAEXAMPLE', 'ASIAEXAMPLE']) await nobodys.find(id)
  assert.deepEqual(asked, ['ASIAEXAMPLE'])
})

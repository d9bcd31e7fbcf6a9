import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DescribeConnectionsCommand, DirectConnectClient } from '@aws-sdk/client-direct-connect'
import { CreateVpcCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { type Credentials, ec2, present, refused, sts } from '../../../test/tools/companions.ts'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { create } from '../operation.ts'
import { day, hour } from '../settings.ts'
import { AssumeRole } from './assume-role.ts'
import type { Session } from './session.ts'

const RoleArn = 'arn:aws:iam::444455556666:role/team/deploy'

async function assumed(
  server: TestServer,
  by: string | Credentials = '111122223333',
  input: Partial<AssumeRoleCommandInput> = {},
) {
  const answer = await sts(server, by).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'tom', ...input }))
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = present(answer.Credentials)
  const credentials = {
    accessKeyId: present(AccessKeyId),
    secretAccessKey: present(SecretAccessKey),
    sessionToken: present(SessionToken),
  }
  return { credentials, user: answer.AssumedRoleUser, expiration: present(Expiration) }
}

test('whoever signs learns the account and an ARN', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { Account, Arn, UserId } = await sts(server, 'partner').send(new GetCallerIdentityCommand({}))
  assert.deepEqual(
    { Account, Arn, UserId },
    {
      Account: '111111111111',
      Arn: 'arn:aws:iam::111111111111:root',
      UserId: '111111111111',
    },
  )
})

test('an assumed role works in the other account for an hour of real time, also after a restart', async () => {
  await using server = await startServer({ timing: 'instant' })
  await server.advance(3 * 86_400)
  const { credentials, user, expiration } = await assumed(server)
  assert.match(credentials.accessKeyId, /^ASIA[A-Z2-7]{16}$/)
  assert.equal(user?.Arn, 'arn:aws:sts::444455556666:assumed-role/deploy/tom')
  assert.ok(Math.abs(expiration.getTime() - Date.now() - 3_600_000) < 60_000, 'whatever the clock of the product says')

  const { Account, Arn, UserId } = await sts(server, credentials).send(new GetCallerIdentityCommand({}))
  assert.deepEqual([Account, Arn, UserId], ['444455556666', user?.Arn, user?.AssumedRoleId])
  assert.match(UserId ?? '', /^AROA[A-Z2-7]{17}:tom$/)
  assert.equal((await assumed(server)).user?.AssumedRoleId, UserId, 'a role has one id')

  const { Vpc: vpc } = await ec2(server, credentials).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
  assert.equal(vpc?.OwnerId, '444455556666')
  await server.restart()
  const theirs = await ec2(server, '444455556666').send(new DescribeVpcsCommand({}))
  assert.deepEqual(
    theirs.Vpcs?.map(({ VpcId }) => VpcId),
    [vpc?.VpcId],
  )
  const dx = new DirectConnectClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 })
  assert.deepEqual((await dx.send(new DescribeConnectionsCommand({}))).connections, [])
  dx.destroy()
})

test('a temporary key works with exactly its token', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [{ credentials }, other] = [await assumed(server), await assumed(server)]
  const { sessionToken: token, ...without } = credentials
  for (const wrong of [
    without,
    { ...without, sessionToken: `${token}x` },
    { ...without, sessionToken: other.credentials.sessionToken },
  ])
    await refused(sts(server, wrong).send(new GetCallerIdentityCommand({})), 'InvalidClientTokenId')
  await refused(
    sts(server, { ...credentials, secretAccessKey: 'test' }).send(new GetCallerIdentityCommand({})),
    'SignatureDoesNotMatch',
  )
})

test('without the development credentials an account assumes into itself only', async () => {
  await using server = await startServer({ timing: 'instant', developmentCredentials: false, operatorToken: 'test' })
  const made = await server.operator('POST', '/accounts', { accountId: '111122223333', name: 'x', kind: 'customer' })
  const by = { accessKeyId: made.accessKey.accessKeyId, secretAccessKey: made.accessKey.secretAccessKey }
  await refused(
    assumed(server, by),
    'AccessDenied',
    /^User: arn:aws:iam::111122223333:root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role\/team\/deploy$/,
  )
  const own = await assumed(server, by, { RoleArn: 'arn:aws:iam::111122223333:role/deploy' })
  await refused(assumed(server, own.credentials), 'AccessDenied')
})

test('what AssumeRole takes is checked, and a policy for the session is not ignored', async () => {
  await using server = await startServer({ timing: 'instant' })
  for (const wrong of [
    { RoleArn: 'arn:aws:iam::444455556666:user/deploy' },
    { RoleArn: 'arn:aws:iam::4444:role/deploy' },
    { RoleSessionName: 'a b' },
    { DurationSeconds: 899 },
    { DurationSeconds: 43_201 },
    { Policy: '{}' },
  ])
    await refused(assumed(server, '111122223333', wrong), 'ValidationError')
  const { expiration } = await assumed(server, '111122223333', { DurationSeconds: 900 })
  assert.ok(expiration.getTime() < Date.now() + 901_000)
})

test('secrets and tokens of sessions are neither on disk nor in the audit trail in clear', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { credentials } = await assumed(server)
  const { events } = await server.operator('GET', '/audit?eventName=AssumeRole')
  assert.equal(events[0].eventSource, 'sts.amazonaws.com')
  assert.equal(events[0].responseElements.Credentials.AccessKeyId, credentials.accessKeyId)
  const files = readdirSync(server.data).filter((name) => name !== 'compile-cache')
  const kept = JSON.stringify(events) + files.map((name) => readFileSync(join(server.data, name), 'latin1')).join('')
  assert.ok(kept.includes(credentials.accessKeyId))
  assert.ok(!kept.includes(credentials.secretAccessKey))
  assert.ok(!kept.includes(credentials.sessionToken))
})

test('a new session takes the place of those that ended a day ago, without a look at all that there are', async () => {
  const [accountId, now] = ['444455556666', 30 * day]
  const session = (index: number, expiresAt: number): Session => ({
    id: `ASIA${String(index).padStart(16, '0')}`,
    createdAt: expiresAt - hour,
    accountId,
    principalArn: `arn:aws:sts::${accountId}:assumed-role/deploy/tom`,
    assumedRoleId: 'AROA:tom',
    secretAccessKey: 'x',
    sessionToken: 'x',
    expiresAt,
  })
  const ended = Array.from({ length: 3 }, (_, index) => create('session', session(index, now - day - index)))
  const remembered = Array.from({ length: 500 }, (_, index) => create('session', session(3 + index, now - index)))
  const snapshot = snapshotAfter([...remembered, ...ended], { now })
  let read = 0
  const counting: typeof snapshot = {
    ...snapshot,
    async list(kind, set, values, page) {
      const found = await snapshot.list(kind, set, values, page)
      read += found.length
      return found
    },
  }
  const input = { RoleArn, RoleSessionName: 'tom', principalArn: `arn:aws:iam::${accountId}:root` }
  const { changes } = await AssumeRole(counting, input)
  assert.deepEqual(
    changes.map((change) => change.do),
    ['create', 'erase', 'erase', 'erase'],
  )
  assert.ok(read <= 10, String(read))
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { JsonObject } from '../contract/encode.ts'
import { simulated } from '../fabric/simulated/simulated.ts'
import type { Requester } from '../observe/audit.ts'
import { countResources } from '../product/count-resources.ts'
import { Fault, refuse } from '../product/fault.ts'
import type { Gateway } from '../product/gateways/gateway.ts'
import { type Change, create, type Decision, save } from '../product/operation.ts'
import { type Settings, timings } from '../product/settings.ts'
import type { Snapshot } from '../product/snapshot.ts'
import { openSqlite } from '../store/sqlite.ts'
import { NotDurable, type Store } from '../store/store.ts'
import { createVault } from '../store/vault.ts'
import { createClock } from './clock.ts'
import { reset, start } from './first-start.ts'
import { createEngine } from './perform.ts'
import { operationTask, type Task } from './task.ts'

const by: Requester = {
  accountId: '111122223333',
  principalArn: 'arn:aws:iam::111122223333:root',
  accessKeyId: 'AKIA1',
  region: 'us-east-1',
  sourceIPAddress: '192.0.2.1',
  userAgent: 'a test',
  requestId: 'request-1',
}

test('a decision whose id exists or whose claim is taken is taken again, and nothing of the first one stays', async () => {
  await using world = await opened()
  await world.perform(write(async () => changes(create('gateway', gateway('taken')))))
  const drawn = ['taken', 'free', 'other']
  const result = await world.perform(
    write(async (snapshot) => {
      const id = drawn.shift() ?? ''
      assert.equal(await snapshot.get('gateway', `with ${id}`), undefined)
      return changes(create('gateway', gateway(`with ${id}`)), create('gateway', gateway(id)))
    }),
  )
  assert.deepEqual(result, { kept: 2 })
  assert.deepEqual(await world.gateways(), ['free', 'taken', 'with free'])
  assert.deepEqual(drawn, ['other'], 'it decides again only while it has to')
})

test('with instant timing a write is answered when all that it began is over, however quick a client is', async () => {
  await using world = await opened()
  const writing = write(async () => changes())
  for (let time = 0; time < 20; time++) {
    const writtenAt = Date.now()
    await world.perform(writing)
    const { approve, cable } = timings.instant
    assert.ok(Date.now() >= writtenAt + approve + cable)
  }
})

test('a decision that never fits is given up as a failure of ours', async () => {
  await using world = await opened()
  let decisions = 0
  const task = write(async () => {
    decisions++
    return changes(create('gateway', gateway('same')), create('gateway', gateway('same')))
  })
  await assert.rejects(world.perform(task), { code: 'DirectConnectServerException' })
  assert.ok(decisions > 1 && decisions < 20)
  assert.deepEqual(await world.gateways(), [])
})

test('a defect is a server exception without details, saves nothing, and is logged with the id of the request', async () => {
  const secret = 'the insides'
  const defect = () => {
    throw new TypeError(secret)
  }
  const broken: readonly Task<object, object>[] = [
    write(defect),
    write(async () => ({ changes: [create('gateway', gateway('a'))], show: defect })),
    { ...write(async () => changes(create('gateway', gateway('a')))), redactOutput: defect },
    { ...write(defect), writes: false },
    { ...write(async () => ({ changes: [], show: defect })), writes: false },
    { ...write(async () => ({ changes: [], show: () => ({}), finish: defect })), writes: false },
  ]
  for (const task of broken) {
    await using world = await opened()
    await assert.rejects(world.perform(task), (fault) => {
      assert.ok(fault instanceof Fault)
      assert.equal(fault.code, 'DirectConnectServerException')
      assert.equal(fault.message, 'Unable to process request')
      return true
    })
    assert.deepEqual(await world.gateways(), [])
    assert.equal(world.logged.length, 1)
    assert.match(world.logged[0] ?? '', /^error .*TypeError: the insides.*request-1/)
    await world.perform(write(async () => changes(create('gateway', gateway('after')))))
  }
})

test('a refusal saves nothing but its audit record; what only the operator may read is logged once', async () => {
  await using world = await opened()
  const refusal = write(async (snapshot) => {
    await snapshot.get('gateway', 'a')
    throw refuse('You may not', 'because of this')
  })
  await assert.rejects(world.perform(refusal), { code: 'DirectConnectClientException', message: 'You may not' })
  assert.deepEqual(
    world.logged.map((line) => line.replace(/ \{.*/, '')),
    ['warn because of this'],
  )
  const [record] = await world.audit()
  assert.equal(record?.['errorCode'], 'DirectConnectClientException')
  assert.equal(record['errorMessage'], 'You may not')
  assert.equal(record['responseElements'], null)
})

test('an audit record has the shape of CloudTrail and hides what CloudTrail hides', async () => {
  await using world = await opened()
  const newBGPPeer = {
    asn: 65_001,
    authKey: 'secretsecret',
    customerAddress: '169.254.1.2/30',
    addressFamily: 'ipv4',
  } as const
  const virtualInterface = { virtualInterfaceId: 'dxvif-f1', asn: 65_001, authKey: 'secretsecret', vlan: 101 }
  const task = operationTask('CreateBGPPeer', async () => ({ changes: [], show: () => ({ virtualInterface }) }))
  await world.engine.perform(task, { virtualInterfaceId: 'dxvif-f1', newBGPPeer }, by)
  const [record] = await world.audit()
  assert.deepEqual(record, {
    eventVersion: '1.09',
    userIdentity: { type: 'IAMUser', arn: by.principalArn, accountId: by.accountId, accessKeyId: 'AKIA1' },
    eventTime: '2026-01-01T00:00:00.000Z',
    eventSource: 'directconnect.amazonaws.com',
    eventName: 'CreateBGPPeer',
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.1',
    userAgent: 'a test',
    requestParameters: {
      virtualInterfaceId: 'dxvif-f1',
      newBGPPeer: { ...newBGPPeer, asn: -1, authKey: '[PROTECTED]', customerAddress: '[PROTECTED]' },
    },
    responseElements: { virtualInterface: { ...virtualInterface, asn: -1, authKey: '[PROTECTED]' } },
    requestID: 'request-1',
    eventID: record?.['eventID'],
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: by.accountId,
  })
})

test('reads leave an audit record only where they are asked to, and never what they answered', async () => {
  for (const audit of ['writes', 'reads'] as const) {
    await using world = await opened(audit)
    const read = { ...write(async () => changes()), writes: false }
    await world.perform(read)
    await assert.rejects(world.perform({ ...read, decide: () => Promise.reject(refuse('no')) }))
    const records = await world.audit()
    assert.deepEqual(
      records.map((record) => [record['readOnly'], record['responseElements'], record['errorMessage']]),
      audit === 'writes'
        ? []
        : [
            [true, null, 'no'],
            [true, null, undefined],
          ],
    )
  }
})

test('a request that cannot be made durable is a failure of ours, whatever it decided', async () => {
  await using world = await opened()
  const failing: Store = {
    ...world.store,
    write: async (work) => {
      await world.store
        .write(async (writing) => {
          await work(writing)
          throw new Error('the disk is full')
        })
        .catch(() => {})
      throw new NotDurable('the group could not be committed')
    },
  }
  const engine = world.engineOn(failing)
  for (const decide of [async () => changes(create('gateway', gateway('a'))), () => Promise.reject(refuse('no'))])
    await assert.rejects(engine.perform(write(decide), {}, by), { code: 'DirectConnectServerException' })
  assert.deepEqual(await world.gateways(), [])
})

test('the clock moves once the move is saved; a reset that fails leaves it where it was', async () => {
  await using world = await opened()
  await world.perform(moved)
  assert.equal(await world.now(), world.real + 5_000)
  const full: Store = {
    ...world.store,
    write: async (work) => {
      await world.store
        .write(async (writing) => {
          await work(writing)
          throw new Error('the disk is full')
        })
        .catch(() => {})
      throw new NotDurable('the group could not be committed')
    },
  }
  await assert.rejects(reset(full, world.clock, true), NotDurable)
  assert.equal(await world.now(), world.real + 5_000)
  await reset(world.store, world.clock, true)
  assert.equal(await world.now(), world.real)
})

test('a reset ends a move of the clock that came before it, also when that is answered later', async () => {
  await using world = await opened()
  await start(world.store, world.clock, true)
  const moving = world.perform(moved)
  await reset(world.store, world.clock, true)
  await moving
  assert.equal(await world.now(), world.real)
})

test('an installation that began without the development credentials gets their accounts when it has them', async () => {
  await using world = await opened()
  await start(world.store, world.clock, false)
  const partner = () => world.store.read((reading) => reading.at(world.real).get('account', '111111111111'))
  assert.equal(await partner(), undefined)
  await start(world.store, world.clock, true)
  assert.equal((await partner())?.accountKind, 'partner')
  await start(world.store, world.clock, true)
})

test('of servers that share a store and start at once each finds what it needs, whichever is first', async () => {
  for (const before of [[], [false]])
    for (const together of [
      [false, true],
      [true, true],
    ]) {
      await using world = await opened()
      for (const development of before) await start(world.store, world.clock, development)
      await Promise.all(together.map((development) => start(world.store, world.clock, development)))
      const partner = await world.store.read((reading) => reading.at(world.real).get('account', '111111111111'))
      assert.equal(partner?.accountKind, 'partner', `${before} ${together}`)
    }
})

/** A task that says how many changes were kept. */
test('others are answered while resources are counted, and what they write meanwhile is not counted', async () => {
  await using world = await opened()
  const names = Array.from({ length: 230 }, (_, index) => `gateway ${index}`)
  await world.perform(write(async () => changes(...names.map((name) => create('gateway', gateway(name))))))
  let pauses = 0
  const pause = () => world.perform(write(async () => changes(create('gateway', gateway(`late ${pauses++}`)))))
  const count = { ...write(async () => changes()), writes: false, decide: countResources }
  const counted = await world.engine.perform(count, { pause }, by)
  assert.deepEqual(counted, [{ kind: 'gateway', state: 'available', count: names.length }])
  assert.ok(pauses > 4, `${pauses} pauses`)
  assert.equal((await world.gateways()).length, names.length + pauses)
})

function write(decide: (snapshot: Snapshot) => Promise<Decision<object>>): Task<object, object> {
  const redact = (value: object): JsonObject => Object.fromEntries(Object.keys(value).map((name) => [name, true]))
  return { name: 'Test', writes: true, decide, redactInput: redact, redactOutput: redact }
}

function changes(...made: readonly Change[]): Decision<object> {
  return { changes: made, show: () => ({ kept: made.length }) }
}

const moved = write(async () => changes(save('installation', { id: 'installation', createdAt: 0, clockOffset: 5_000 })))

function gateway(id: string): Gateway {
  return {
    id,
    createdAt: 1,
    ownerAccount: by.accountId,
    name: id,
    amazonSideAsn: 64_512,
    tags: [],
    availableAt: 1,
    deleteAskedAt: null,
    deletedAt: null,
  }
}

const settings: Settings = {
  timing: timings.instant,
  provisioning: 'automatic',
  quotas: 'aws',
  ipv6Block: '2001:db8::/48',
  anyAccount: true,
  externalGateways: true,
  publicUrl: 'http://127.0.0.1:7224',
}

async function opened(audit: 'writes' | 'reads' = 'writes') {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-engine-'))
  const vault = createVault(randomBytes(32))
  const store = await openSqlite(directory, vault)
  const real = Date.parse('2026-01-01T00:00:00Z')
  const clock = createClock(() => real)
  const logged: string[] = []
  const line = (level: string) => (facts: object, message: string) =>
    void logged.push(
      `${level} ${message} ${JSON.stringify(facts, (_name, value) => (value instanceof Error ? String(value) : value))}`,
    )
  const engineOn = (on: Store) =>
    createEngine({
      store: on,
      fabric: simulated,
      clock,
      settings,
      tokens: { seal: vault.sign, open: vault.verify },
      documents: { letter: () => Promise.reject(new Error('no letters here')) },
      log: { info: line('info'), warn: line('warn'), error: line('error') },
      audit,
    })
  const engine = engineOn(store)
  return {
    store,
    clock,
    real,
    logged,
    engine,
    engineOn,
    perform: (task: Task<object, object>) => engine.perform(task, {}, by),
    /** What time it is to a request. */
    async now() {
      let now = Number.NaN
      await engine.perform(
        write(async (snapshot) => ((now = snapshot.now), changes())),
        {},
        by,
      )
      return now
    },
    gateways: () =>
      store.read(async (reading) => (await reading.at(real).list('gateway', 'all', '*')).map(({ id }) => id)),
    audit: () => store.read(async (reading) => (await reading.auditTrail({ limit: 10 })).map(({ record }) => record)),
    async [Symbol.asyncDispose]() {
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

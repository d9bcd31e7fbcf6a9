import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateBGPPeerCommand,
  DeleteVirtualInterfaceCommand,
  type DirectConnectClient,
  ListVirtualInterfaceTestHistoryCommand,
  type ListVirtualInterfaceTestHistoryRequest,
  StartBgpFailoverTestCommand,
  type StartBgpFailoverTestRequest,
  StopBgpFailoverTestCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../../../test/tools/server.ts'
import {
  allocatePrivate,
  connect,
  look,
  orderPrivate,
  orderPublic,
  reaches,
  refused,
} from '../../../../test/tools/virtual-interfaces.ts'
import { example, examplePeer } from '../../virtual-interfaces/example.test-fixture.ts'
import { endedAt, type FailoverTest, failoverTestStatus } from './failover-test.ts'
import { testedPeers } from './rules.ts'

const account = '111122223333'
const other = '444455556666'

interface Working {
  readonly client: DirectConnectClient
  readonly virtualInterfaceId: string
  readonly ipv4: string
  readonly ipv6: string
}

/** A virtual interface with a session of each family, both up. */
async function working(server: TestServer): Promise<Working> {
  const client = server.client(account)
  const { virtualInterfaceId } = await client.send(orderPrivate(await connect(client)))
  await reaches(client, virtualInterfaceId, 'available')
  const newBGPPeer = { addressFamily: 'ipv6', asn: 65000 } as const
  const { virtualInterface } = await client.send(new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer }))
  const [ipv4, ipv6] = virtualInterface?.bgpPeers?.map(({ bgpPeerId }) => bgpPeerId) ?? []
  assert.ok(virtualInterfaceId !== undefined && ipv4 !== undefined && ipv6 !== undefined)
  await server.advance(1)
  return { client, virtualInterfaceId, ipv4, ipv6 }
}

/** The state of the virtual interface, and which of its sessions are up. */
async function seen({ client, virtualInterfaceId }: Working): Promise<readonly (string | undefined)[]> {
  const vif = await look(client, virtualInterfaceId)
  return [vif?.virtualInterfaceState, ...(vif?.bgpPeers ?? []).map(({ bgpStatus }) => bgpStatus)]
}

async function start(
  { client, virtualInterfaceId }: Pick<Working, 'client' | 'virtualInterfaceId'>,
  input: Partial<StartBgpFailoverTestRequest> = {},
) {
  const { virtualInterfaceTest } = await client.send(new StartBgpFailoverTestCommand({ virtualInterfaceId, ...input }))
  assert.ok(virtualInterfaceTest !== undefined)
  return virtualInterfaceTest
}

const stop = ({ client, virtualInterfaceId }: Working) =>
  client.send(new StopBgpFailoverTestCommand({ virtualInterfaceId }))

async function history(client: DirectConnectClient, input: ListVirtualInterfaceTestHistoryRequest = {}) {
  const answer = await client.send(new ListVirtualInterfaceTestHistoryCommand(input))
  return answer.virtualInterfaceTestHistory ?? []
}

test('a test takes all sessions down for three hours unless it says otherwise, and ends by itself', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  assert.deepEqual(await seen(vif), ['available', 'up', 'up'])
  const made = await start(vif)
  assert.deepEqual(made, {
    testId: made.testId,
    virtualInterfaceId: vif.virtualInterfaceId,
    bgpPeers: [vif.ipv4, vif.ipv6],
    status: 'In progress',
    ownerAccount: account,
    testDurationInMinutes: 180,
    startTime: made.startTime,
  })
  assert.match(made.testId ?? '', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  assert.deepEqual(await seen(vif), ['testing', 'down', 'down'])
  const [peer] = (await server.operator('GET', `/virtual-interfaces/${vif.virtualInterfaceId}`)).bgpPeers
  assert.equal(peer.session.lastError, 'a failover test keeps the session down')

  await server.advance(179 * 60)
  assert.deepEqual(await seen(vif), ['testing', 'down', 'down'])
  await server.advance(60)
  assert.deepEqual(await seen(vif), ['available', 'up', 'up'])
  const end = new Date((made.startTime?.getTime() ?? 0) + 180 * 60_000)
  assert.deepEqual(await history(vif.client), [{ ...made, status: 'Completed', endTime: end }])
})

test('named sessions go down alone, by the id of the BGP peer or the address of the customer', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  assert.deepEqual((await start(vif, { bgpPeers: [vif.ipv6], testDurationInMinutes: 1 })).bgpPeers, [vif.ipv6])
  assert.deepEqual(await seen(vif), ['testing', 'up', 'down'])
  await server.advance(60)
  const address = (await look(vif.client, vif.virtualInterfaceId))?.bgpPeers?.[0]?.customerAddress ?? ''
  for (const bgpPeers of [[address], [address.replace(/\/.*/, '')]]) {
    assert.deepEqual((await start(vif, { bgpPeers })).bgpPeers, [vif.ipv4])
    assert.deepEqual(await seen(vif), ['testing', 'down', 'up'])
    await stop(vif)
  }
  await assert.rejects(
    start(vif, { bgpPeers: [vif.ipv4, 'dxpeer-ffffffff'] }),
    refused(
      `Invalid value 'dxpeer-ffffffff' for bgpPeers: VirtualInterface ${vif.virtualInterfaceId} has no such BGP peer`,
    ),
  )
})

test('a session that is being deleted is in no test', () => {
  const leaving = { ...examplePeer, id: 'dxpeer-f0000002', customerAddress: '169.254.0.6/30', deleteAskedAt: 5 }
  const vif = { ...example, peers: [examplePeer, leaving] }
  assert.deepEqual(testedPeers(vif, undefined, 4), vif.peers)
  assert.deepEqual(testedPeers(vif, undefined, 5), [examplePeer])
  for (const name of [leaving.id, leaving.customerAddress])
    assert.throws(() => testedPeers(vif, [examplePeer.id, name], 5), { message: /has no such BGP peer/ })
})

test('its owner stops a test, and the sessions that were up before come back at once', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  await server.operator('POST', '/faults', { target: vif.ipv6, kind: 'down' })
  const made = await start(vif)
  const { virtualInterfaceTest: stopped } = await stop(vif)
  assert.deepEqual(stopped, { ...made, status: 'Cancelled', endTime: stopped?.endTime })
  assert.ok(stopped?.endTime !== undefined)
  assert.deepEqual(await seen(vif), ['available', 'up', 'down'])
  await assert.rejects(
    stop(vif),
    refused(`StopBgpFailoverTest failed. No failover test is running on VirtualInterface ${vif.virtualInterfaceId}`),
  )
})

test('one test at a time runs on a virtual interface that is available or down, for 1 to 4320 minutes', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  for (const testDurationInMinutes of [0, -1, 4_321])
    await assert.rejects(
      start(vif, { testDurationInMinutes }),
      refused(`Invalid value ${testDurationInMinutes} for testDurationInMinutes: it must be in the range 1 to 4320`),
    )
  await server.operator('POST', '/faults', { target: vif.virtualInterfaceId, kind: 'down' })
  assert.equal((await start(vif, { testDurationInMinutes: 4_320 })).testDurationInMinutes, 4_320)
  await assert.rejects(
    start(vif, { testDurationInMinutes: 1 }),
    refused(
      `StartBgpFailoverTest failed. A failover test is already running on VirtualInterface ${vif.virtualInterfaceId}`,
    ),
  )
  await server.advance(4_320 * 60)
  await start(vif, { testDurationInMinutes: 1 })

  const connectionId = await connect(vif.client)
  const { virtualInterfaceId = '' } = await vif.client.send(allocatePrivate(connectionId, other))
  await assert.rejects(
    start({ client: server.client(other), virtualInterfaceId }),
    refused(`StartBgpFailoverTest failed. ${virtualInterfaceId} is in state confirming`),
  )
})

test('only the owner of a virtual interface tests it and sees its tests, not that of the connection', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  await start(vif)
  const { virtualInterfaceId = '' } = await vif.client.send(allocatePrivate(await connect(vif.client), other))
  await assert.rejects(
    start({ client: vif.client, virtualInterfaceId }),
    refused(`VirtualInterface ${virtualInterfaceId} does not exist.`),
  )
  for (const client of [server.client(other), server.client(account, 'eu-west-1')]) {
    const stranger = { ...vif, client }
    const message = `VirtualInterface ${vif.virtualInterfaceId} does not exist.`
    await assert.rejects(start(stranger), refused(message))
    await assert.rejects(stop(stranger), refused(message))
    assert.deepEqual(await history(client), [])
    assert.deepEqual(await history(client, { virtualInterfaceId: vif.virtualInterfaceId }), [])
  }
})

test('a virtual interface leaves testing at once when it is deleted, and the test has failed', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  const { testId } = await start(vif)
  const remove = new DeleteVirtualInterfaceCommand({ virtualInterfaceId: vif.virtualInterfaceId })
  assert.equal((await vif.client.send(remove)).virtualInterfaceState, 'deleting')
  const [failed] = await history(vif.client)
  assert.deepEqual([failed?.testId, failed?.status], [testId, 'Failed'])
  assert.ok(failed?.endTime !== undefined)
  await server.advance(60 * 60)
  assert.equal(await look(vif.client, vif.virtualInterfaceId), undefined)
  assert.deepEqual(await history(vif.client, { virtualInterfaceId: vif.virtualInterfaceId }), [failed])
})

test('the history is of 365 days, newest first, in pages, by test, virtual interface, BGP peer and status', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  const { virtualInterfaceId: second = '' } = await vif.client.send(orderPublic(await connect(vif.client)))
  await reaches(vif.client, second, 'available')
  const made = []
  for (const bgpPeers of [[vif.ipv4], [vif.ipv6], [vif.ipv4, vif.ipv6]]) {
    made.unshift((await start(vif, { bgpPeers, testDurationInMinutes: 1 })).testId)
    await server.advance(60)
  }
  made.unshift((await start({ ...vif, virtualInterfaceId: second })).testId)

  const found = async (input: ListVirtualInterfaceTestHistoryRequest) =>
    (await history(vif.client, input)).map(({ testId }) => testId)
  assert.deepEqual(await found({}), made)
  const [inProgress = '', , , oldest = ''] = made
  assert.deepEqual(await found({ testId: oldest }), [oldest])
  assert.deepEqual(await found({ virtualInterfaceId: second }), [inProgress])
  assert.deepEqual(await found({ bgpPeers: [vif.ipv6] }), [made[1], made[2]])
  assert.deepEqual(await found({ status: 'Completed' }), made.slice(1))
  for (const status of ['In progress', 'IN_PROGRESS', 'in-progress'])
    assert.deepEqual(await found({ status }), [inProgress])
  assert.deepEqual(await found({ status: 'Completed', bgpPeers: [vif.ipv4], virtualInterfaceId: second }), [])

  const paged: (string | undefined)[] = []
  let nextToken: string | undefined
  do {
    const input = { maxResults: 1, nextToken }
    const page = await vif.client.send(new ListVirtualInterfaceTestHistoryCommand(input))
    paged.push(...(page.virtualInterfaceTestHistory ?? []).map(({ testId }) => testId))
    nextToken = page.nextToken
    // What is added in between is before all pages that follow.
    if (paged.length === 2) await start(vif)
  } while (nextToken !== undefined)
  assert.deepEqual(paged, made)
  await assert.rejects(history(vif.client, { nextToken: 'x' }), refused(/nextToken/))

  await server.advance(365 * 24 * 60 * 60 - 60)
  assert.equal((await found({})).includes(oldest), false)
  assert.equal((await found({})).includes(inProgress), true)
})

test('what the end of a test cleared stays cleared when the history no longer shows it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  const announce = (count: number) => {
    const routes = Array.from({ length: count }, (_, n) => ({ cidr: `10.0.${n}.0/24` }))
    return server.operator('PUT', `/virtual-interfaces/${vif.virtualInterfaceId}/customer-routes`, { routes })
  }
  await announce(101)
  await server.advance(1)
  await announce(100)
  await server.advance(1)
  assert.deepEqual(await seen(vif), ['available', 'down', 'up'], 'IPv4 is Idle')
  await start(vif, { testDurationInMinutes: 1 })
  await server.advance(60)
  assert.deepEqual(await seen(vif), ['available', 'up', 'up'])
  await server.advance(366 * 24 * 60 * 60)
  assert.deepEqual(await history(vif.client), [])
  assert.deepEqual(await seen(vif), ['available', 'up', 'up'])
})

test('of one virtual interface the last 500 tests are kept, however many are started and stopped', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vif = await working(server)
  const { testId: first } = await start(vif)
  await stop(vif)
  await server.advance(1)
  for (let count = 1; count <= 500; count++) {
    await start(vif)
    await stop(vif)
  }
  const found: (string | undefined)[] = []
  let nextToken: string | undefined
  do {
    const page = await vif.client.send(new ListVirtualInterfaceTestHistoryCommand({ nextToken }))
    found.push(...(page.virtualInterfaceTestHistory ?? []).map(({ testId }) => testId))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  assert.equal(found.length, 500)
  assert.equal(found.includes(first), false)
})

test('a test is in progress, completed, cancelled or failed: every status has its facts', () => {
  const running: FailoverTest = {
    id: '00000000-0000-4000-8000-000000000001',
    createdAt: 0,
    virtualInterfaceId: example.id,
    ownerAccount: example.ownerAccount,
    region: example.region,
    bgpPeers: [],
    durationMinutes: 1,
    endsAt: 60_000,
    stoppedAt: null,
  }
  const deleted = (deleteAskedAt: number) => ({ deleteAskedAt })
  const alive = { deleteAskedAt: null }
  const at = (test: FailoverTest, vif: { readonly deleteAskedAt: number | null }, now: number) =>
    failoverTestStatus.at(test, vif, now)
  assert.equal(at(running, alive, 59_999), 'In progress')
  assert.equal(at(running, alive, 60_000), 'Completed')
  assert.equal(at(running, deleted(60_000), 60_000), 'Completed')
  const stopped = { ...running, stoppedAt: 30_000 }
  assert.equal(at(stopped, alive, 30_000), 'Cancelled')
  assert.equal(at(stopped, deleted(40_000), 90_000), 'Cancelled')
  assert.equal(at(running, deleted(20_000), 20_000), 'Failed')
  assert.equal(at(running, deleted(20_000), 90_000), 'Failed')
  assert.deepEqual(
    [alive, deleted(20_000), deleted(70_000)].map((vif) => endedAt(running, vif)),
    [60_000, 20_000, 60_000],
  )
})

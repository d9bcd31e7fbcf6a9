// What every fabric guarantees: the product, asked through its doors, shows the same of each.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreateLagCommand,
  DeleteVirtualInterfaceCommand,
  DescribeConnectionsCommand,
  DescribeLagsCommand,
  type DirectConnectClient,
  StartBgpFailoverTestCommand,
  StopBgpFailoverTestCommand,
  UpdateLagCommand,
} from '@aws-sdk/client-direct-connect'
import type { TestServer } from '../tools/server.ts'
import { until } from '../tools/until.ts'
import { look, makeGateway, orderPrivate } from '../tools/virtual-interfaces.ts'
import { call } from '../wire/signed.ts'
import { type FabricWorld, fabrics, fabricWorld } from './fabrics.ts'

const account = '111122223333'

async function connection(server: TestServer, connectionName: string): Promise<string> {
  const order = { location: 'EqDC2', bandwidth: '1Gbps', connectionName }
  const { connectionId } = await server.client(account).send(new CreateConnectionCommand(order))
  assert.ok(connectionId !== undefined)
  return connectionId
}

/** Waits until a connection is in a state. */
function connectionIs(server: TestServer, connectionId: string, state: string) {
  const client = server.client(account)
  return until(async () => {
    const { connections = [] } = await client.send(new DescribeConnectionsCommand({ connectionId }))
    return connections[0]?.connectionState === state
  })
}

function lagIs(server: TestServer, lagId: string | undefined, state: string) {
  const client = server.client(account)
  return until(async () => {
    const { lags = [] } = await client.send(new DescribeLagsCommand({ lagId }))
    return lags[0]?.lagState === state
  })
}

async function faulty(server: TestServer, target: string | undefined): Promise<() => Promise<void>> {
  const { faultId } = await server.operator('POST', '/faults', { target, kind: 'down' })
  return () => server.operator('DELETE', `/faults/${faultId}`)
}

for (const fabric of fabrics) {
  const { name, able } = fabric

  test(`${name}: a connection is available when it is plugged, and down while its cable is cut`, able, async () => {
    await using world = await fabricWorld(fabric)
    const { server } = world
    const id = await connection(server, 'c')
    await world.site([id], { lacp: false })
    await connectionIs(server, id, 'available')
    const mend = await faulty(server, id)
    await connectionIs(server, id, 'down')
    await mend()
    await connectionIs(server, id, 'available')
    await server.operator('POST', `/connections/${id}/uncable`)
    await connectionIs(server, id, 'down')
    await server.operator('POST', `/connections/${id}/cable`)
    await connectionIs(server, id, 'available')
  })

  test(`${name}: a device that fails takes its ports down, and no others`, able, async () => {
    await using world = await fabricWorld(fabric)
    const { server } = world
    const [first, second] = [await connection(server, 'first'), await connection(server, 'second')]
    await world.site([first], { lacp: false })
    await world.site([second], { lacp: false })
    await connectionIs(server, first, 'available')
    await connectionIs(server, second, 'available')
    const { connections } = await server.operator('GET', '/connections')
    const deviceOf = (id: string) => connections.find((c: { connectionId: string }) => c.connectionId === id).deviceId
    assert.notEqual(deviceOf(first), deviceOf(second))
    const mend = await faulty(server, deviceOf(first))
    await connectionIs(server, first, 'down')
    await connectionIs(server, second, 'available')
    await mend()
    await connectionIs(server, first, 'available')
  })

  test(`${name}: a LAG is available while as many of its members are up as it needs`, able, async () => {
    await using world = await fabricWorld(fabric)
    const { server } = world
    const client = server.client(account)
    const order = { location: 'EqDC2', connectionsBandwidth: '1Gbps', numberOfConnections: 2, lagName: 'l' }
    const { lagId, connections = [] } = await client.send(new CreateLagCommand(order))
    const [first = '', second = ''] = connections.flatMap(({ connectionId }) => connectionId ?? [])
    await world.site([first, second], { lacp: true })
    await lagIs(server, lagId, 'available')
    const mend = await faulty(server, first)
    await connectionIs(server, first, 'down')
    await lagIs(server, lagId, 'available')
    await client.send(new UpdateLagCommand({ lagId, minimumLinks: 2 }))
    await lagIs(server, lagId, 'down')
    await mend()
    await lagIs(server, lagId, 'available')
    const mendAll = await faulty(server, lagId)
    await lagIs(server, lagId, 'down')
    await connectionIs(server, second, 'down')
    await mendAll()
    await lagIs(server, lagId, 'available')
  })

  test(
    `${name}: a session is up while the customer's router answers, except during a failover test`,
    able,
    async () => {
      await using world = await fabricWorld(fabric)
      const { server } = world
      const client = server.client(account)
      const { connectionId, virtualInterfaceId, site, announce } = await privateSession(world)
      const isNow = (state: string) =>
        until(async () => (await look(client, virtualInterfaceId))?.virtualInterfaceState === state)
      await announce('192.168.50.0/24', '192.168.51.0/24')
      await isNow('available')
      assert.notEqual(await site.reaches(101, '169.254.72.1'), false)
      assert.deepEqual(await until(() => acceptedOn(server, virtualInterfaceId, 2)), [
        '192.168.50.0/24',
        '192.168.51.0/24',
      ])

      await client.send(new StartBgpFailoverTestCommand({ virtualInterfaceId, testDurationInMinutes: 1 }))
      await isNow('testing')
      await until(() => sessionOf(client, virtualInterfaceId).then((session) => session === 'down'))
      assert.deepEqual(await until(() => acceptedOn(server, virtualInterfaceId, 0)), [])
      await client.send(new StopBgpFailoverTestCommand({ virtualInterfaceId }))
      await isNow('available')
      assert.equal((await until(() => acceptedOn(server, virtualInterfaceId, 2))).length, 2)

      const mend = await faulty(server, connectionId)
      await isNow('down')
      await mend()
      await isNow('available')

      const heard = await site.endsHeard(101)
      await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId }))
      // Or the customer's router would keep our routes until its hold time is over.
      await until(async () => heard === null || ((await site.endsHeard(101)) ?? 0) > heard)
    },
  )

  test(`${name}: as many prefixes as are allowed are taken, and with one more the session is Idle`, able, async () => {
    await using world = await fabricWorld(fabric)
    const { server } = world
    const { virtualInterfaceId, site, announce } = await privateSession(world)
    const all = ['192.168.50.0/24', '192.168.51.0/24', '192.168.52.0/24']
    const allow = async (prefixPoolAllocatedCountIpv4: number) => {
      const body = JSON.stringify({ virtualInterfaceId, prefixPoolAllocatedCountIpv4 })
      const { status, json } = await call(server.url, {
        target: 'UpdateVirtualInterfaceAttributes',
        key: account,
        body,
      })
      assert.equal(status, 200, JSON.stringify(json))
    }
    const bgpPeer = async () => (await server.operator('GET', `/virtual-interfaces/${virtualInterfaceId}`)).bgpPeers[0]
    const isIdle = () =>
      until(async () => /^the session is Idle: more than the \d ipv4/.test((await bgpPeer()).session.lastError ?? ''))
    const accepts = (count: number) => until(() => acceptedOn(server, virtualInterfaceId, count))

    await allow(1)
    await announce(...all.slice(0, 1))
    await accepts(1)
    await announce(...all.slice(0, 2))
    await isIdle()
    await allow(2)
    await accepts(2)
    await allow(3)
    await announce(...all)
    await accepts(3)
    await announce(...all.slice(0, 2))
    await accepts(2)
    const heard = await site.endsHeard(101)
    await allow(2)
    // What was said of the limit has come into effect when what is announced after it is taken.
    await announce(...all.slice(1))
    await until(async () => (await acceptedOn(server, virtualInterfaceId, 2))?.includes(all[2] ?? ''))
    assert.equal(await site.endsHeard(101), heard, 'lowered to what is announced, the session goes on')

    await announce(...all)
    await isIdle()
    await announce(...all.slice(0, 2))
    await isIdle()
    await server.operator('POST', `/bgp-peers/${(await bgpPeer()).bgpPeerId}/clear`)
    await accepts(2)
  })
}

/** A private virtual interface on VLAN 101 of a connection that is plugged, and the customer's router at its other end. */
async function privateSession(world: FabricWorld) {
  const { server } = world
  const client = server.client(account)
  const connectionId = await connection(server, 'c')
  const site = await world.site([connectionId], { vlans: { 101: '169.254.72.2/30' } })
  await connectionIs(server, connectionId, 'available')
  const addresses = { amazonAddress: '169.254.72.1/30', customerAddress: '169.254.72.2/30' }
  const directConnectGatewayId = await makeGateway(client, 64_600)
  const made = await client.send(orderPrivate(connectionId, { ...addresses, directConnectGatewayId }))
  const { virtualInterfaceId = '', authKey = '' } = made
  const router = { virtualInterfaceId, asn: 65_000, amazonAsn: 64_600, amazonAddress: '169.254.72.1', authKey }
  /** Puts the router there; again: what it announces from now on. */
  const announce = (...announces: readonly string[]) => site.router(101, { ...router, announces })
  return { connectionId, virtualInterfaceId, site, announce }
}

async function sessionOf(client: DirectConnectClient, virtualInterfaceId: string): Promise<string | undefined> {
  return (await look(client, virtualInterfaceId))?.bgpPeers?.[0]?.bgpStatus
}

/** The prefixes that are accepted on a virtual interface, when there are so many. */
async function acceptedOn(
  server: TestServer,
  virtualInterfaceId: string,
  count: number,
): Promise<readonly string[] | null> {
  const body = JSON.stringify({ virtualInterfaceId, filters: { routeDirection: 'accepted' } })
  const { status, json } = await call(server.url, { target: 'ListVirtualInterfaceRoutes', key: account, body })
  assert.equal(status, 200, JSON.stringify(json))
  const cidrs = json.routes.map(({ cidr }: { cidr: string }) => cidr).toSorted()
  return cidrs.length === count ? cidrs : null
}

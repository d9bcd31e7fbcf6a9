// The fabric that carries packets outlives the server, until it is told to go.
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreateDirectConnectGatewayCommand,
  CreateLagCommand,
  CreatePrivateVirtualInterfaceCommand,
  type DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { namesFor } from '../../src/fabric/linux/names.ts'
import { namespacePath, run } from '../../src/linux/command.ts'
import { runningProcesses } from '../../src/linux/daemons.ts'
import { deleteLink, readLinks } from '../../src/linux/links.ts'
import { deleteNamespace, listNamespaces } from '../../src/linux/namespaces.ts'
import { fingerprint } from '../../src/product/fingerprint.ts'
import { interfacesOf } from '../contracts/fabrics.ts'
import { answers, cableWorld, linuxFabric, packets, type Site } from '../tools/cable-world.ts'
import { skipWithout } from '../tools/clients.ts'
import { customerRouter } from '../tools/customer-router.ts'
import { postgresCluster, postgresPrograms } from '../tools/postgres.ts'
import { until } from '../tools/until.ts'
import { clientOf, fabricNames, operator, routersOf, sweep } from './fabric-process.ts'
import { type Running, started, temporary } from './process.ts'

const withPostgres = skipWithout('a fabric that several servers share', postgresPrograms)
const flags = ['--fabric', 'linux', '--timing', 'instant']

async function connection(client: DirectConnectClient): Promise<string> {
  const order = { location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'c' }
  return (await client.send(new CreateConnectionCommand(order))).connectionId ?? ''
}

const amazonAsn = 64_600

async function directConnectGateway(client: DirectConnectClient): Promise<string | undefined> {
  const order = new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'g', amazonSideAsn: amazonAsn })
  return (await client.send(order)).directConnectGateway?.directConnectGatewayId
}

async function privateVirtualInterface(client: DirectConnectClient, connectionId: string): Promise<void> {
  const newPrivateVirtualInterface = {
    virtualInterfaceName: 'v',
    vlan: 101,
    asn: 65_000,
    amazonAddress: `${amazonAddress}/30`,
    customerAddress,
    directConnectGatewayId: await directConnectGateway(client),
  }
  await client.send(new CreatePrivateVirtualInterfaceCommand({ connectionId, newPrivateVirtualInterface }))
}

const amazonAddress = '169.254.72.1'
const customerAddress = '169.254.72.2/30'

async function stateOf({ url }: Running): Promise<string> {
  const { connections } = await operator(url, 'GET', '/connections')
  return connections[0].state
}

/** The processes that belong to an installation. */
function processesOf(...words: readonly string[]): readonly string[] {
  return [...runningProcesses()]
    .filter(([line]) => words.some((word) => line.includes(word)) && !line.includes('src/main.ts'))
    .map(([line, pid]) => `${pid} ${line.replaceAll('\0', ' ')}`)
    .toSorted()
}

test(
  'killed, or ended, and started again it loses no packet and no session; told to clean up it leaves nothing behind',
  linuxFabric,
  async () => {
    await using world = cableWorld()
    using home = temporary()
    await using ends = new AsyncDisposableStack()
    const begin = async (...more: readonly string[]) =>
      ends.use(await started(home.path, { args: [...flags, ...more] }))
    const { prefix } = fabricNames(home.path)
    ends.defer(() => sweep(prefix))
    const begun = await begin()
    const client = clientOf(begun)
    const connectionId = await connection(client)
    const { lagId = '', connections = [] } = await client.send(
      new CreateLagCommand({ location: 'EqDC2', connectionsBandwidth: '1Gbps', numberOfConnections: 2, lagName: 'l' }),
    )
    const members = connections.map((each) => each.connectionId ?? '')
    const ports = await until(async () => {
      const all = await interfacesOf({ operator: (method, path) => operator(begun.url, method, path) })
      return [connectionId, ...members].every((id) => all.has(id)) && all
    })
    const portOf = (id: string) => ports.get(id) ?? ''
    const vlans = { 102: '169.254.102.2/30', 103: '169.254.103.2/30' }
    const [single, lag] = [
      await world.site({ name: 'a', ports: [portOf(connectionId)], lacp: false, vlans: { 101: '169.254.101.2/30' } }),
      await world.site({ name: 'b', ports: members.map(portOf), lacp: true, vlans }),
    ]
    await until(async () => (await stateOf(begun)) === 'available')
    const directConnectGatewayId = await directConnectGateway(client)
    /** A virtual interface with SiteLink, and the customer's router at its other end once its session is established. */
    const order = async (server: Running, carrierId: string, site: Site, vlan: number) => {
      const amazonAddress = `169.254.${vlan}.1`
      const command = new CreatePrivateVirtualInterfaceCommand({
        connectionId: carrierId,
        newPrivateVirtualInterface: {
          virtualInterfaceName: `v${vlan}`,
          vlan,
          asn: 65_000 + vlan,
          amazonAddress: `${amazonAddress}/30`,
          customerAddress: `169.254.${vlan}.2/30`,
          directConnectGatewayId,
          enableSiteLink: true,
        },
      })
      const { authKey = '' } = await clientOf(server).send(command)
      const router = ends.use(
        await customerRouter(world.options(), site.hostOn(vlan), {
          asn: 65_000 + vlan,
          amazonAsn,
          amazonAddress,
          authKey,
          announces: [`192.168.${vlan}.0/24`],
        }),
      )
      await until(async () => (await router.neighbor()).bgpState === 'Established')
      return router
    }
    const routers = [await order(begun, connectionId, single, 101), await order(begun, lagId, lag, 102)]
    const establishedAt = async () =>
      Promise.all(
        routers.map(async (router) => {
          const { connectionsEstablished, bgpTimerUpMsec } = await router.neighbor()
          return { connectionsEstablished, at: Date.now() - bgpTimerUpMsec }
        }),
      )
    /** From one site to the other, through the gateway. */
    const send = () => packets(single.hostOn(101), '192.168.102.1', '192.168.101.1')
    const first = send()
    await until(() => first.answered() > 0)
    await first.end()
    const sending = send()
    const goesOn = async (count: number) => {
      const then = sending.answered()
      await until(() => sending.answered() > then + count)
    }
    await goesOn(0)
    const metrics = await (await fetch(`${begun.url}/metrics`, { headers: { connection: 'close' } })).text()
    assert.match(metrics, new RegExp(`connection_up\\{connection="${connectionId}"\\} 1\n`))
    assert.match(
      metrics,
      new RegExp(`connection_packets_total\\{connection="${connectionId}",direction="ingress"\\} [1-9]`),
    )
    assert.match(metrics, /virtual_interface_packets_total\{virtual_interface="dxvif-\w+",direction="egress"\} [1-9]/)

    const processes = () => processesOf(home.path, prefix).filter((line) => !line.includes('ip -n'))
    const before = { processes: processes(), lacp: await lag.lacpEvents(), sessions: await establishedAt() }
    assert.ok(before.processes.length >= 5, before.processes.join('\n'))
    assert.equal(before.lacp.match(/Link Expired:/g)?.length, 2, before.lacp)

    await begun.end('SIGKILL')
    await goesOn(50)
    const second = await begin()
    await until(async () => (await stateOf(second)) === 'available')
    await order(second, lagId, lag, 103)
    await goesOn(100)
    assert.equal((await second.end('SIGTERM')).code, 0)
    await goesOn(50)
    const third = await begin('--fabric-cleanup')
    await until(async () => (await stateOf(third)) === 'available')
    await goesOn(100)
    assert.equal((await sending.end()).lost, 0)
    assert.deepEqual(processes(), before.processes, 'nothing was started again')
    assert.equal(await lag.lacpEvents(), before.lacp, 'no member of the LAG has agreed anew')
    for (const [index, { connectionsEstablished, at }] of (await establishedAt()).entries()) {
      const was = before.sessions[index]
      assert.equal(connectionsEstablished, was?.connectionsEstablished)
      // FRR counts whole seconds.
      assert.ok(Math.abs(at - (was?.at ?? 0)) <= 1_500, `established at ${at}, before at ${was?.at}`)
    }

    assert.equal((await third.end()).code, 0)
    assert.deepEqual(processesOf(home.path, prefix), [])
    assert.deepEqual(
      listNamespaces(prefix).filter((name) => !name.includes('site-')),
      [],
    )
    assert.equal(existsSync(join(home.path, 'fabric')), false)
    assert.deepEqual(routersOf(prefix), [])
    const links = await readLinks(null)
    for (const port of ports.values()) assert.ok(links.has(port), "the interfaces are the host's again")
  },
)

test(
  'where what it wrote below /run outlived its namespaces, as in a container that is started again, all is made anew',
  linuxFabric,
  async () => {
    await using world = cableWorld()
    using home = temporary()
    await using ends = new AsyncDisposableStack()
    const begin = async () => ends.use(await started(home.path, { args: [...flags, '--fabric-cleanup'] }))
    const { prefix } = fabricNames(home.path)
    ends.defer(() => sweep(prefix))
    const begun = await begin()
    const client = clientOf(begun)
    const connectionId = await connection(client)
    const port = await until(async () =>
      (await interfacesOf({ operator: (method, path) => operator(begun.url, method, path) })).get(connectionId),
    )
    const cable = (name: string) => world.site({ name, ports: [port], lacp: false, vlans: { 101: customerAddress } })
    const before = await cable('before')
    await until(async () => (await stateOf(begun)) === 'available')
    await privateVirtualInterface(client, connectionId)
    await until(() => answers(before.hostOn(101), amazonAddress))

    await begun.end('SIGKILL')
    for (const namespace of listNamespaces(prefix).filter((name) => !name.includes('site-'))) {
      await deleteNamespace(namespace)
      writeFileSync(namespacePath(namespace), '')
    }
    const again = await begin()
    // The interface has gone with the namespace.
    const after = await cable('after')
    await until(async () => (await stateOf(again)) === 'available')
    await until(() => answers(after.hostOn(101), amazonAddress))
  },
)

test('a wire that somebody took away is made anew with all that it had', linuxFabric, async () => {
  await using world = cableWorld()
  using home = temporary()
  const names = fabricNames(home.path)
  await using ends = new AsyncDisposableStack()
  ends.defer(() => sweep(names.prefix))
  const begun = ends.use(await started(home.path, { args: [...flags, '--fabric-cleanup'] }))
  const client = clientOf(begun)
  const connectionId = await connection(client)
  const port = await until(async () =>
    (await interfacesOf({ operator: (method, path) => operator(begun.url, method, path) })).get(connectionId),
  )
  const site = await world.site({ name: 'a', ports: [port], lacp: false, vlans: { 101: customerAddress } })
  await until(async () => (await stateOf(begun)) === 'available')
  await privateVirtualInterface(client, connectionId)
  await until(() => answers(site.hostOn(101), amazonAddress))

  const [gateway = ''] = listNamespaces(names.gateway(''))
  const wire = [...(await readLinks(gateway)).keys()].find((name) => name.startsWith('dxvif-')) ?? ''
  await deleteLink(gateway, wire)
  await until(async () => (await readLinks(gateway)).has(wire))
  // The new one has another address, which the customer's router would ask for in a while.
  await run('ip', ['-n', site.hostOn(101), 'neighbor', 'flush', 'all'])
  await until(() => answers(site.hostOn(101), amazonAddress))
})

test('of servers that share a database one drives the fabric of a host; when it dies another one goes on, and no packet is lost', {
  skip: linuxFabric.skip || withPostgres.skip,
}, async () => {
  await using world = cableWorld()
  using one = temporary()
  using other = temporary()
  const database = (await postgresCluster()).database('linux_fabric')
  const environment = { CROSSCONNECT_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }
  const wish = (url: string) => ({ args: [...flags, '--database', url, '--fabric-cleanup'], environment })
  await using driving = await started(one.path, wish(database))
  const { prefix } = namesFor(`/run/crossconnect/shared-${fingerprint(database.replace(/^.*@/, ''))}`)
  await using _ = { [Symbol.asyncDispose]: () => sweep(prefix) }
  // Its password has changed since the other began.
  await using waiting = await started(other.path, wish(database.replace('@', ':changed@')))
  const client = clientOf(waiting)
  const connectionId = await connection(client)
  const port = await until(async () =>
    (await interfacesOf({ operator: (method, path) => operator(waiting.url, method, path) })).get(connectionId),
  )
  const site = await world.site({ name: 'a', ports: [port], lacp: false, vlans: { 101: customerAddress } })
  await until(async () => (await stateOf(waiting)) === 'available')
  await privateVirtualInterface(client, connectionId)
  await until(() => answers(site.hostOn(101), amazonAddress))

  const sending = packets(site.hostOn(101), amazonAddress)
  await driving.end('SIGKILL')
  // The next driver acts on what is cut now.
  const then = sending.answered()
  await until(() => sending.answered() > then + 300)
  assert.equal((await sending.end()).lost, 0)
  await site.setCable(0, false)
  await until(async () => (await stateOf(waiting)) === 'down')
  await site.setCable(0, true)
  await until(async () => (await stateOf(waiting)) === 'available')
  assert.equal((await waiting.end()).code, 0)
  assert.deepEqual(listNamespaces(prefix), [])
})

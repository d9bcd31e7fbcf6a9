// What is public in one Region and customers in another: the packets go where the routing model says.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CreateConnectionCommand, CreatePublicVirtualInterfaceCommand } from '@aws-sdk/client-direct-connect'
import { run } from '../../src/linux/command.ts'
import { ipBatch } from '../../src/linux/links.ts'
import { fingerprint } from '../../src/product/fingerprint.ts'
import { interfacesOf } from '../contracts/fabrics.ts'
import { cableWorld, linuxFabric, packets } from '../tools/cable-world.ts'
import { customerRouter } from '../tools/customer-router.ts'
import { until } from '../tools/until.ts'
import { available } from '../tools/virtual-interfaces.ts'
import { account, clientOf, fabricNames, operator, routersOf, runDirectory, sweep } from './fabric-process.ts'
import { type Running, started, temporary } from './process.ts'

/** Locations in two Regions of one continent and in one of another, in the order in which they come, and what is announced. */
const sites = [
  { location: 'CSOW', region: 'us-west-1', network: '20.2', communities: {}, announces: ['20.2.4.0/24'] },
  { location: 'EIRCL', region: 'eu-west-1', network: '20.3', communities: {}, announces: ['20.3.4.0/24'] },
  {
    location: 'EqDC2',
    region: 'us-east-1',
    network: '20.1',
    communities: { '20.1.1.0/24': ['7224:9100'], '20.1.2.0/24': ['7224:9200'], '20.1.3.0/24': ['7224:9300'] },
    announces: ['20.1.1.0/24', '20.1.2.0/24', '20.1.3.0/24', '20.1.4.0/24'],
  },
] as const

/** An instance that is public in a Region, and the part of what is public that it belongs to. */
const instances = [
  { region: 'us-east-1', part: 'us-east-1', address: '198.18.0.4' },
  { region: 'us-west-1', part: 'us-west-1', address: '198.18.8.4' },
  { region: 'ca-central-1', part: 'elsewhere in North America', address: '198.18.16.4' },
  { region: 'eu-west-1', part: 'eu-west-1', address: '198.18.52.4' },
  { region: 'ap-east-1', part: 'elsewhere in Asia Pacific', address: '198.18.80.4' },
] as const

const near = ['us-east-1', 'us-west-1', 'ca-central-1']
const everywhere = instances.map(({ region }) => region)

/** From which Regions the networks of the customer in us-east-1 are to be reached. */
const scopes = { '20.1.1.1': ['us-east-1'], '20.1.2.1': near, '20.1.3.1': everywhere, '20.1.4.1': everywhere }

test(
  'what is public in a Region reaches what customers announce in others as far as they let it, and nobody else does',
  linuxFabric,
  async () => {
    await using world = cableWorld()
    using home = temporary()
    await using ends = new AsyncDisposableStack()
    const flags = ['--fabric', 'linux', '--timing', 'instant', '--fabric-cleanup']
    const begin = async () => ends.use(await started(home.path, { args: flags }))
    const names = fabricNames(home.path)
    ends.defer(() => sweep(names.prefix))
    const first = await begin()
    const customers = []
    for (const site of sites) customers.push(await order(first, site))
    const hosts = customers.map(({ host }) => host)
    const [west = '', europe = '', east = ''] = hosts

    /** Orders a public virtual interface in a Region; the customer's router and its host, once the session is established. */
    async function order(server: Running, site: (typeof sites)[number]) {
      const { region, network } = site
      const client = clientOf(server, region)
      const ordered = { location: site.location, bandwidth: '1Gbps', connectionName: region }
      const { connectionId = '' } = await client.send(new CreateConnectionCommand(ordered))
      const port = await until(async () =>
        (await interfacesOf({ operator: (method, path) => operator(server.url, method, path) })).get(connectionId),
      )
      const [amazonAddress, customerAddress] = [`${network}.255.1`, `${network}.255.2/30`]
      const cabled = await world.site({ name: region, ports: [port], lacp: false, vlans: { 101: customerAddress } })
      const newPublicVirtualInterface = {
        virtualInterfaceName: region,
        vlan: 101,
        asn: 65_000,
        amazonAddress: `${amazonAddress}/30`,
        customerAddress,
        routeFilterPrefixes: [{ cidr: `${network}.0.0/17` }],
      }
      await available(client, connectionId)
      const made = await client.send(
        new CreatePublicVirtualInterfaceCommand({ connectionId, newPublicVirtualInterface }),
      )
      const host = cabled.hostOn(101)
      const session = { ...site, asn: 65_000, amazonAsn: 7224, amazonAddress, authKey: made.authKey ?? '', bfd: false }
      const router = ends.use(await customerRouter(world.options(), host, session))
      await until(async () => (await router.neighbor()).bgpState === 'Established')
      // What is not announced to it, and what it is not to do, it may still try.
      await ipBatch(host, [`route add default via ${amazonAddress}`, 'address add 20.9.9.1/32 dev lo'])
      return { host, router }
    }

    const answers = (namespace: string, from: string, to: string) =>
      run('ping', ['-c1', '-W1', '-I', from, to], { namespace }).then(
        () => true,
        () => false,
      )
    const standIn = (part: string) => names.vpc(`public ${part}`)
    const inPackets = async (to: string) => {
      const reached = instances.map(async ({ region, part, address }) =>
        (await answers(standIn(part), address, to)) ? [region] : [],
      )
      return (await Promise.all(reached)).flat()
    }
    const inTheModel = async ({ url }: Running, to: string) => {
      const known = everywhere.map(async (region) => {
        const question = `/accounts/${account}/public-paths?region=${region}&destination=${to}`
        const { paths } = await operator(url, 'GET', question)
        return paths.some(({ chosen }: { chosen: boolean }) => chosen) ? [region] : []
      })
      return (await Promise.all(known)).flat()
    }
    const assertScopes = async (server: Running) => {
      for (const [to, from] of Object.entries(scopes)) {
        assert.deepEqual(await inPackets(to), from, to)
        assert.deepEqual(await inTheModel(server, to), from, to)
      }
    }

    // A table that is not filled yet keeps everything back: what is let through comes first.
    const isSettled = async (server: Running) => {
      for (const to of ['20.1.2.1', '20.1.3.1', '20.1.4.1', '20.2.4.1', '20.3.4.1']) {
        const expected = to === '20.1.2.1' ? near : everywhere
        for (const seen of [await inPackets(to), await inTheModel(server, to)])
          if (seen.length !== expected.length) return false
      }
      return true
    }
    await until(() => isSettled(first), 30_000)
    await assertScopes(first)
    for (const { router } of customers) assert.equal((await router.neighbor()).connectionsEstablished, 1)

    // The other direction.
    for (const { address, region } of instances) {
      assert.ok(await answers(east, '20.1.4.1', address), region)
      assert.equal(await answers(east, '20.1.1.1', address), region === 'us-east-1', region)
    }
    const marks = { '198.18.0.0/22': ['7224:8100'], '198.18.8.0/22': ['7224:8200'], '198.18.52.0/22': [] }
    for (const [network, communities] of Object.entries(marks))
      assert.deepEqual(await customers[2]?.router.communitiesOf(network), [...communities, 'noExport'], network)

    // Nobody is somebody else, and nothing goes from one customer to another.
    for (const host of hosts)
      assert.equal(await answers(host, '20.9.9.1', '198.18.0.4'), false, 'from what is not verified')
    assert.equal(await answers(west, '20.2.4.1', '20.1.4.1'), false, 'from one customer to another')
    assert.equal(await answers(europe, '20.3.4.1', '20.2.4.1'), false, 'from one customer to another')

    // Whatever dies and is started again, what is kept back stays so, and what is let through goes on.
    const [fromWest, fromEurope] = [instances[1], instances[3]]
    const letThrough = packets(standIn(fromWest.part), '20.1.3.1', fromWest.address)
    const keptBack = [
      packets(standIn(fromWest.part), '20.1.1.1', fromWest.address),
      packets(standIn(fromEurope.part), '20.1.2.1', fromEurope.address),
    ]
    const goesOn = async () => {
      const then = letThrough.answered()
      await until(() => letThrough.answered() > then + 50, 30_000)
    }
    await goesOn()
    for (const program of ['bgpd', 'zebra']) {
      const file = join(runDirectory, `${names.prefix}${fingerprint('public us-east-1')}`, `${program}.pid`)
      const pid = readFileSync(file, 'utf8')
      process.kill(Number(pid), 'SIGKILL')
      await until(() => existsSync(file) && readFileSync(file, 'utf8') !== pid)
      await goesOn()
    }
    await first.end('SIGKILL')
    await goesOn()
    // What a customer keeps back while no server is there is kept back at once.
    const { announces, communities } = sites[2]
    const tagged = { ...communities, '20.1.4.0/24': ['7224:9100'] }
    await customers[2]?.router.announce(announces, tagged)
    await until(async () => (await inPackets('20.1.4.1')).join() === 'us-east-1')
    await customers[2]?.router.announce(announces)
    const second = await begin()
    await until(() => isSettled(second), 30_000)
    await goesOn()
    assert.deepEqual(
      keptBack.map((each) => each.answered()),
      [0, 0],
    )
    for (const each of [letThrough, ...keptBack]) await each.end()
    await assertScopes(second)
    assert.equal((await second.end()).code, 0)
    assert.deepEqual(routersOf(names.prefix), [])
  },
)

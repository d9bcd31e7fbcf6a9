// The labs that are shipped, each built and broken as its file says. `npm test` takes two of them, `npm run test:long` all.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DescribeRouterConfigurationCommand, DirectConnectClient } from '@aws-sdk/client-direct-connect'
import { labs } from '../../src/lab/labs.ts'
import { linuxFabric } from '../tools/cable-world.ts'
import { skipWithout, traceroute } from '../tools/clients.ts'
import { until } from '../tools/until.ts'
import { longestGapMs, runLab, secondsOf, type World, world } from './world.ts'

const isLong = process.env['CROSSCONNECT_LONG'] === '1'

/** BFD notices within 0.9 s. The machines of tests are busy; without BFD it would be a minute and a half. */
const failoverMs = 3_000

const oneVirtualInterface = /^vif-1, AS path 64512$/

interface Proof {
  readonly title: string
  /** What it needs beyond what every lab does. */
  readonly more?: ReturnType<typeof skipWithout>
  readonly prove: (world: World) => Promise<void>
}

const proofs: Readonly<Record<string, Proof>> = {
  single: {
    title: 'single: the office reaches the VPC; a cut cable takes it away, and healing brings it back',
    async prove({ done, status, lab, directory }) {
      const before = await status()
      assert.deepEqual(
        before.cables.map(({ name, state }) => ({ name, state })),
        [{ name: 'cable-1', state: 'up' }],
      )
      assert.deepEqual(
        before.hosts.map(({ name }) => name),
        ['office', 'office-router', 'vpc'],
      )
      assert.match(await done('exec', 'office', 'ping', '-c', '2', '10.0.0.4'), / 0% packet loss/)
      assert.equal((await lab('exec', 'office', 'sh', '-c', 'exit 7')).status, 7)
      assert.equal((await lab('exec', 'nobody', 'true')).status, 1)
      assert.match((await lab('up', 'single')).stderr, /the lab 'single' is in/)

      // A slip of the pen breaks nothing; whatever `lab status` lists as a host can be sent to.
      assert.match((await lab('fail', 'cable-1', '--to', 'vcp')).stderr, /'vcp' is neither a host nor an address/)
      assert.match(await done('status'), /everything is up/)
      const near = await done('fail', 'cable-1', '--seconds', '1', '--to', 'office-router')
      assert.equal(secondsOf(near)[0]?.loss, 0, near)
      await done('heal')

      const failed = await done('fail', 'cable-1', '--seconds', '3')
      const seconds = secondsOf(failed)
      assert.equal(seconds.length, 4)
      assert.match(seconds[0]?.way ?? '', oneVirtualInterface)
      assert.equal(seconds.at(-1)?.loss, 100)
      assert.ok(longestGapMs(failed) > 1_000, failed)
      assert.equal((await status()).cables[0]?.state, 'down')
      assert.match(await done('status'), /down: 2/)
      assert.match(await done('heal'), /everything is up/)
      assert.match(await done('exec', 'office', 'ping', '-c', '1', '-W', '5', '10.0.0.4'), / 0% packet loss/)
      assert.ok(existsSync(directory))
    },
  },
  'hosted-partner': {
    title: "hosted-partner: the hosted connection carries traffic, also while the lab's server is dead",
    async prove({ done, lab, kill }) {
      const failed = await done('fail', 'hosted-1', '--seconds', '3')
      assert.equal(secondsOf(failed)[0]?.loss, 0, failed)
      assert.equal(secondsOf(failed).at(-1)?.loss, 100, failed)
      await done('heal')
      kill()
      assert.match(await done('exec', 'office', 'ping', '-c', '2', '10.0.0.4'), / 0% packet loss/)
      assert.match((await lab('status')).stderr, /the lab's server does not answer at http/)
    },
  },
  lag: {
    title: 'lag: one cut cable of two loses hardly a packet, and the session stays up',
    async prove({ done, status }) {
      for (const cable of ['cable-1', 'cable-2']) {
        const failed = await done('fail', cable, '--seconds', '3')
        assert.ok(longestGapMs(failed) < 1_000, failed)
        for (const { way } of secondsOf(failed)) assert.match(way, oneVirtualInterface)
        assert.equal((await status()).sessions[0]?.state, 'up')
        await done('heal')
      }
      const gone = await done('fail', 'lag-1', '--seconds', '3')
      assert.equal(secondsOf(gone).at(-1)?.loss, 100)
      await done('heal')
    },
  },
  resilient: {
    title: 'resilient: traffic survives the loss of either cable, of a location, of a device, of a session',
    async prove({ done, status }) {
      const route = await done('exec', 'office-router', 'ip', 'route', 'show', '10.0.0.0/16')
      assert.deepEqual([...route.matchAll(/dev (\S+)/g)].map(([, name]) => name).toSorted(), ['eth1.101', 'eth1.102'])
      const others = [['session-1', 'vif-2'] as const, ['device-2', 'vif-1'] as const, ['EqDC2', 'vif-2'] as const]
      for (const [target, rest] of [['cable-1', 'vif-2'], ['CSVA1', 'vif-1'], ...(isLong ? others : [])] as const) {
        const failed = await done('fail', target, '--seconds', '3')
        const seconds = secondsOf(failed)
        assert.ok(seconds.at(-1)?.way.startsWith(`${rest},`), failed)
        assert.equal(seconds.at(-1)?.loss, 0, failed)
        assert.ok(longestGapMs(failed) < failoverMs, failed)
        assert.ok((await status()).sessions.some(({ state }) => state === 'down'))
        await done('heal')
      }
    },
  },
  'active-passive': {
    title: 'active-passive: all traffic takes the active way, the passive one takes over, and gives it back',
    async prove({ done }) {
      const failed = await done('fail', 'cable-1', '--seconds', '3')
      const ways = secondsOf(failed).map(({ way }) => way)
      assert.match(ways[0] ?? '', /^vif-1,/)
      assert.match(ways.at(-1) ?? '', /^vif-2,/)
      assert.ok(longestGapMs(failed) < failoverMs, failed)
      await done('heal')
      const spared = await done('fail', 'cable-2', '--seconds', '2')
      assert.ok(
        secondsOf(spared).every(({ way, loss }) => way.startsWith('vif-1,') && loss === 0),
        spared,
      )
    },
  },
  public: {
    title: 'public: traceroute shows the device where the cable ends; a community keeps the prefix to the Region',
    more: skipWithout('traceroute', traceroute),
    async prove({ done, lab, status }) {
      const { devices } = await status()
      const shown = await done('exec', 'office', 'traceroute', '-w', '2', '198.18.0.4')
      assert.ok(shown.includes(` ${devices[0]?.id} (198.51.100.1)`), shown)

      const isAnswered = async (address: string) =>
        (await lab('exec', 'office', 'ping', '-c', '1', '-W', '1', address)).status === 0
      const [near, far] = ['198.18.0.4', '198.18.4.4']
      const { next } = await (labs['public']?.() ?? assert.fail())
      const [keep, letGo] = next.filter((line) => line.includes('configure terminal')).map(wordsOf)
      await until(() => isAnswered(far))
      await done(...(keep ?? []))
      await until(async () => !(await isAnswered(far)))
      assert.ok(await isAnswered(near))
      await done(...(letGo ?? []))
      await until(() => isAnswered(far))
    },
  },
  'transit-two-vpcs': {
    title: 'transit-two-vpcs: both VPCs are reached over one virtual interface, by the allowed prefixes',
    async prove({ done }) {
      const routes = JSON.parse(await done('exec', 'office-router', 'vtysh', '-c', 'show bgp ipv4 unicast json')).routes
      assert.deepEqual(Object.keys(routes).toSorted(), ['10.1.0.0/16', '10.2.0.0/16', '192.168.10.0/24'].toSorted())
      for (const address of ['10.1.0.4', '10.2.0.4'])
        assert.match(await done('exec', 'office', 'ping', '-c', '2', address), / 0% packet loss/)
    },
  },
  sitelink: {
    title: 'sitelink: two sites reach each other, and learn the AS path of the other',
    async prove({ done, status }) {
      assert.match(await done('exec', 'east', 'ping', '-c', '2', '192.168.20.2'), / 0% packet loss/)
      assert.match(await done('exec', 'west', 'ping', '-c', '2', '192.168.10.2'), / 0% packet loss/)
      const failed = await done('fail', 'cable-2', '--seconds', '3')
      assert.match(secondsOf(failed)[0]?.way ?? '', /^vif-1, AS path 64512 .*65002$/)
      assert.equal(secondsOf(failed).at(-1)?.loss, 100)
      await done('heal')
      assert.ok((await status()).sessions.every(({ state }) => state === 'up'))
    },
  },
}

/** The words of a command as a shell reads it, which may go on behind a backslash. */
function wordsOf(command: string): readonly string[] {
  return (command.replaceAll('\\\n', '').match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''))
}

const few = ['single', 'resilient']
const chosen = isLong ? Object.keys(proofs) : few

for (const name of chosen) {
  const { title, more = linuxFabric, prove } = proofs[name] ?? assert.fail(name)
  test(title, { skip: linuxFabric.skip || more.skip }, async () => {
    await using built = await world(name)
    await configuredAsGiven(built)
    await prove(built)
    await built.down()
  })
}

test('a directory that cannot be made is said in one line', { skip: linuxFabric.skip }, async () => {
  for (const directory of ['/proc/lab', '/proc/version', '/proc/version/lab']) {
    const { status, stderr } = await runLab('up', 'single', '--directory', directory)
    assert.equal(status, 1, directory)
    assert.match(stderr, /^crossconnect lab: --directory \/proc\/.+\n$/)
  }
})

test('who names another lab than there is takes down none', async () => {
  for (const words of [
    ['down', 'resilient'],
    ['heal', 'cable-1'],
    ['up', 'single', 'lag'],
    ['fail', 'cable-1', '10'],
  ]) {
    const { status, stderr } = await runLab(...words)
    assert.equal(status, 2, words.join(' '))
    assert.match(stderr, new RegExp(`'${words.at(-1)}' is one word too many`))
  }
})

test('every lab that is shipped is proven', () => {
  assert.deepEqual(Object.keys(proofs).toSorted(), Object.keys(labs).toSorted())
})

/** The routers have what DescribeRouterConfiguration gives, and nothing else; of a passive one its own lines for that. */
async function configuredAsGiven({ status, runDirectory }: World): Promise<void> {
  const { server, hosts, sessions } = await status()
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new DirectConnectClient({ endpoint: server, region: 'us-east-1', credentials })
  try {
    const given = await Promise.all(
      sessions.map(async ({ virtualInterfaceId }) => {
        const order = { virtualInterfaceId, routerTypeIdentifier: 'FRRouting-Linux-FRR8' }
        return (await client.send(new DescribeRouterConfigurationCommand(order))).customerRouterConfig ?? ''
      }),
    )
    const routers = hosts.filter(({ name }) => name.endsWith('-router'))
    const entered = routers.flatMap(({ name }) => {
      const file = (index: number) => join(runDirectory(), name, `entered-${index}.conf`)
      return [1, 2]
        .map(file)
        .filter(existsSync)
        .map((path) => readFileSync(path, 'utf8'))
    })
    const plain = (text: string) => text.replaceAll('!passive ', '').replaceAll(/^!strict .*\n|^! .*\n/gm, '')
    assert.deepEqual(entered.map(plain).toSorted(), given.map(plain).toSorted())
  } finally {
    client.destroy()
  }
}

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  type GatewayWorld,
  gatewayTools,
  gatewayWorld,
  numbered,
  numberedSession,
} from '../../../test/tools/gateway-world.ts'
import { until } from '../../../test/tools/until.ts'
import { run } from '../../linux/command.ts'
import type { DesiredGateway, DesiredVirtualInterface } from '../../product/desired/desired.ts'

const vpcs = [{ id: 'vpc-1', region: 'us-east-1', cidrs: ['10.0.0.0/16', '10.1.0.0/16'] }]

function gatewayWith(virtualInterfaces: readonly DesiredVirtualInterface[]): DesiredGateway {
  return { id: 'dxgw-1', asn: 64_512, virtualInterfaces, vpcIds: ['vpc-1'] }
}

const blocks = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ cidr: `10.${index}.0.0/16`, asPath: [64_512], communities: [] }))

test(
  'changing what is announced, and virtual interfaces that come and go, cost the others no packet',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const announcing = (count: number, vifs = 2) =>
      gatewayWith([1, 2].slice(0, vifs).map((number) => numbered(number, {}, { announced: blocks(count) })))
    await world.wire(announcing(1))
    await world.gateways.apply([announcing(1)], vpcs)
    await world.customer(numbered(1), [{ cidr: '192.168.0.0/24' }])
    const namespace = world.names.device('device-1')
    const ping = (...args: readonly string[]) => run('ping', [...args, '-I', '192.168.0.1', '10.0.0.4'], { namespace })
    await until(() => ping('-c1', '-W1'))

    const count = 400
    const many = ping('-i', '0.005', '-c', String(count), '-W1')
    for (const change of [announcing(2), announcing(3), announcing(3, 1), announcing(3), announcing(1)]) {
      await world.gateways.apply([change], vpcs)
      // What is told to the customer follows within the second in which policies are looked at.
      const told = change.virtualInterfaces[0]?.sessions[0]?.announced.length
      await world.seen((all) => all.get('dxpeer-f4000001')?.advertised?.length === told)
    }
    assert.match(await many, new RegExp(`${count} packets transmitted, ${count} received`))
  },
)

test('what bgpd was told bit by bit is what it begins with when it is started again', gatewayTools, async () => {
  await using world = gatewayWorld()
  const publicOne = (prefixes: readonly string[]) => numbered(2, { type: 'public', routeFilterPrefixes: prefixes })
  const regions = [
    { cidr: '198.18.0.0/22', asPath: [64_512, 16_509], communities: ['7224:8100', '65535:65281'] },
    { cidr: '198.18.4.0/22', asPath: [64_512, 16_509], communities: ['65535:65281'] },
  ]
  const six = numbered(1, { sessions: [numberedSession(1, { family: 'ipv6' })] })
  const kept = numbered(3, {}, { prefixLimit: 200, asn: 70_000, authKey: 'x!y#z|"\'?' })
  const history: readonly (readonly DesiredVirtualInterface[])[] = [
    [numbered(1), numbered(2, { siteLinkEnabled: true }), numbered(3, { region: 'us-west-1' })],
    [numbered(1, { siteLinkEnabled: true }, { announced: [] }), numbered(3, {}, { shutDown: 'a failover test' })],
    [six, publicOne(['1.0.0.0/8']), kept],
    [publicOne([]), numbered(4, { siteLinkEnabled: true }), numbered(3, {}, { announced: blocks(20) })],
    [publicOne(['1.0.0.0/8', '0.0.0.0/0']), numbered(4), numbered(1, {}, { announced: regions })],
    [numbered(1)],
  ]
  for (const [index, vifs] of history.entries()) {
    await world.wire(gatewayWith(vifs))
    await world.gateways.apply([gatewayWith(vifs)], vpcs)
    const told = await configurationOf(world)
    const pid = pidOf(world)
    process.kill(pid, 'SIGKILL')
    const begun = await until(async () => pidOf(world) !== pid && (await configurationOf(world)))
    assert.deepEqual(begun, told, `after change ${index}`)
  }
})

function directoryOf({ names }: GatewayWorld): string {
  const file = readdirSync('/run/crossconnect').find((name) => name.startsWith(names.prefix) && name.endsWith('.id'))
  return `/run/crossconnect/${file?.slice(0, -'.id'.length)}`
}

function pidOf(world: GatewayWorld): number {
  return Number(readFileSync(`${directoryOf(world)}/bgpd.pid`, 'utf8'))
}

/** The lines of what bgpd says that its configuration is; their order and numbers in lists say nothing. */
async function configurationOf(world: GatewayWorld): Promise<readonly string[]> {
  const text = await run('vtysh', ['--vty_socket', directoryOf(world), '-d', 'bgpd', '-c', 'show running-config'])
  const lines = text.split('\n').map((line) => line.replace(/ seq \d+/, '').trim())
  return lines.filter((line) => !['', '!', 'exit'].includes(line)).toSorted()
}

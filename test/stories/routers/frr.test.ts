// The configuration for FRR is not only read but works: a router that has nothing else brings its sessions up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateBGPPeerCommand,
  DescribeRouterConfigurationCommand,
  type DirectConnectClient,
  type VirtualInterface,
} from '@aws-sdk/client-direct-connect'
import { marked, withChoices } from '../../golden/router-configs/proofs.ts'
import { skipWithout } from '../../tools/clients.ts'
import { ec2 } from '../../tools/companions.ts'
import { frr, startLab, until } from '../../tools/frr.ts'
import { makeVirtualGateway } from '../../tools/gateways.ts'
import { startServer } from '../../tools/server.ts'
import { connect, orderPrivate, reaches } from '../../tools/virtual-interfaces.ts'

const alice = '111122223333'

test('two virtual interfaces on one FRR router work as they are pasted: sessions, BFD, filters, load sharing, passive', {
  ...skipWithout('routers that run FRR', frr),
}, async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const { virtualGatewayId } = await makeVirtualGateway(ec2(server, alice), '10.20.0.0/16')
  const connectionId = await connect(client)
  const order = async (vlan: number, authKey: string) => {
    const facts = { vlan, virtualGatewayId, authKey, mtu: 9001, virtualInterfaceName: `my "first"\n! ${vlan}` }
    const { virtualInterfaceId } = await client.send(orderPrivate(connectionId, facts))
    const newBGPPeer = { asn: 65000, addressFamily: 'ipv6', authKey } as const
    await client.send(new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer }))
    return reaches(client, virtualInterfaceId, 'available')
  }
  const [one, two] = [await order(101, `a"b\\c#d!e?f;g{h}'i$j|k`), await order(102, '0xzxgA9YoW9h58u8SvOmXRTw')]
  const texts = await Promise.all([one, two].map((vif) => configurationOf(client, vif)))

  await using lab = startLab()
  const customer = await lab.router('customer')
  const edge = await lab.router('edge')
  // What a VLAN device would be, and beneath it a port.
  lab.cable(['customer', 'eth1'], ['edge', 'port'])
  lab.cable(['customer', 'eth1.101'], ['edge', 'vif101'])
  lab.cable(['customer', 'eth1.102'], ['edge', 'vif102'])
  lab.cable(['customer', 'lan'], ['customer', 'host'])
  customer.run('/sbin/ip', 'address', 'add', '192.168.50.1/24', 'dev', 'lan')
  customer.run('/sbin/ip', 'address', 'add', '203.0.113.9/24', 'dev', 'lan')
  customer.run('/sbin/ip', 'address', 'add', 'fd00:50::1/64', 'dev', 'lan')
  edge.configure([one, two].flatMap(edgeInterface).join('\n'))
  edge.configure(edgeRouter([one, two]))

  // FRR waits up to five seconds until it applies a change of a filter.
  customer.configure('bgp route-map delay-timer 1')
  for (const text of texts) {
    customer.shell(marked(text, '!$').join('\n'))
    customer.configure(text)
  }
  const sessions = () => {
    const summary = customer.show('bgp summary')
    return ['ipv4Unicast', 'ipv6Unicast'].flatMap((family) => Object.values<{ state: string }>(summary[family].peers))
  }
  await until(() => sessions().filter(({ state }) => state === 'Established').length === 4, 'four sessions')
  const detections = () => customer.show('bfd peers').map((peer: { status: string }) => peer.status)
  await until(() => detections().join() === 'up,up,up,up', 'BFD on each')

  const taken = () => customer.show('ip route bgp')
  const paths = () => taken()['10.20.0.0/16']?.[0].nexthops.length
  await until(() => paths() === 2, 'two paths')
  assert.deepEqual(Object.keys(taken()), ['10.20.0.0/16'], 'no default route')
  assert.deepEqual(Object.keys(customer.show('ipv6 route bgp')), ['fd00:20::/48'])

  const announced = () => learned(edge.show('bgp ipv4 unicast'))
  await until(() => announced()['192.168.50.0/24']?.length === 2, 'the network of the customer, twice')
  assert.deepEqual(Object.keys(announced()), ['192.168.50.0/24'], 'not the networks of sessions, nor public ones')
  await until(() => learned(edge.show('bgp ipv6 unicast'))['fd00:50::/64']?.length === 2, 'and of IPv6')

  customer.configure(withChoices(texts[1] ?? ''))
  await until(
    () => announced()['192.168.50.0/24']?.some(({ path }) => path === '65000 65000 65000 65000') === true,
    'prepended',
  )
  const communities = edge
    .show('bgp ipv4 unicast 192.168.50.0/24')
    .paths.map((path: { community?: { string: string } }) => path.community?.string ?? '')
  assert.deepEqual(communities.toSorted(), ['', '7224:7100'])
  await until(() => paths() === 1, 'one path')
  assert.equal(sessions().filter(({ state }) => state === 'Established').length, 4, 'no session was reset for it')
})

async function configurationOf(client: DirectConnectClient, { virtualInterfaceId }: VirtualInterface): Promise<string> {
  const command = { virtualInterfaceId, routerTypeIdentifier: 'FRRouting-Linux-FRR8' }
  const { customerRouterConfig } = await client.send(new DescribeRouterConfigurationCommand(command))
  assert.ok(customerRouterConfig !== undefined)
  return customerRouterConfig
}

/** What came from others, with its AS paths. */
function learned(table: {
  readonly routes: Readonly<Record<string, readonly { readonly path: string }[]>>
}): Readonly<Record<string, readonly { readonly path: string }[]>> {
  const routes = Object.entries(table.routes).map(([prefix, paths]) => [
    prefix,
    paths.filter(({ path }) => path !== ''),
  ])
  return Object.fromEntries(routes.filter(([, paths]) => (paths?.length ?? 0) > 0))
}

function edgeInterface({ vlan, bgpPeers = [] }: VirtualInterface): readonly string[] {
  return [
    `interface vif${vlan}`,
    ...bgpPeers.map(
      ({ addressFamily, amazonAddress }) => ` ${addressFamily === 'ipv4' ? 'ip' : 'ipv6'} address ${amazonAddress}`,
    ),
    'exit',
  ]
}

/** Our side, as it is for the customer: it announces a VPC, and a default route that nobody asked for. */
function edgeRouter(vifs: readonly VirtualInterface[]): string {
  const peers = vifs.flatMap(({ bgpPeers = [] }) => bgpPeers)
  const addressOf = (cidr = '') => cidr.replace(/\/\d+$/, '')
  return [
    'ip route 10.20.0.0/16 blackhole',
    'ip route 0.0.0.0/0 blackhole',
    'ipv6 route fd00:20::/48 blackhole',
    'router bgp 64512',
    ' bgp router-id 10.255.0.1',
    ' no bgp ebgp-requires-policy',
    ' no bgp default ipv4-unicast',
    ...peers.flatMap(({ customerAddress, authKey }) => {
      const neighbor = ` neighbor ${addressOf(customerAddress)}`
      return [`${neighbor} remote-as 65000`, `${neighbor} password ${authKey}`, `${neighbor} bfd`]
    }),
    ...['ipv4', 'ipv6'].flatMap((family) => [
      ` address-family ${family} unicast`,
      '  redistribute static',
      ...peers
        .filter(({ addressFamily }) => addressFamily === family)
        .map(({ customerAddress }) => `  neighbor ${addressOf(customerAddress)} activate`),
      ' exit-address-family',
    ]),
    'exit',
  ].join('\n')
}

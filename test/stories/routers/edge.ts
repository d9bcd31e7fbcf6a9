// Our side of the sessions, played by FRR, and orders of what customers' routers are configured for.
import assert from 'node:assert/strict'
import {
  CreateBGPPeerCommand,
  DescribeRouterConfigurationCommand,
  type DirectConnectClient,
  type VirtualInterface,
} from '@aws-sdk/client-direct-connect'
import { ec2 } from '../../tools/companions.ts'
import { makeVirtualGateway } from '../../tools/gateways.ts'
import type { Host, Lab, Router } from '../../tools/router-lab.ts'
import type { TestServer } from '../../tools/server.ts'
import { until } from '../../tools/until.ts'
import { connect, orderPrivate, reaches } from '../../tools/virtual-interfaces.ts'

/** How long routers may take until they have learned something, real milliseconds. */
export const patienceMs = 30_000

const alice = '111122223333'

/** Private virtual interfaces in VLANs 101 and 102 of one connection, each with both families and its key. */
export async function orderTwo(server: TestServer, keys: readonly [string, string]) {
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
  return { client, vifs: [await order(101, keys[0]), await order(102, keys[1])] }
}

/** The cables of a customer's router, and its networks: two that may be announced, one that may not. */
export async function plugIn(lab: Lab, customer: Host): Promise<void> {
  // What a VLAN device would be, and beneath it a port.
  await lab.cable(['customer', 'eth1'], ['edge', 'port'])
  await lab.cable(['customer', 'eth1.101'], ['edge', 'vif101'])
  await lab.cable(['customer', 'eth1.102'], ['edge', 'vif102'])
  await lab.cable(['customer', 'lan'], ['customer', 'host'])
  for (const address of ['192.168.50.1/24', '203.0.113.9/24', 'fd00:50::1/64'])
    await customer.run('ip', 'address', 'add', address, 'dev', 'lan')
}

export async function configureEdge(edge: Router, vifs: readonly VirtualInterface[]): Promise<void> {
  await edge.configure(vifs.flatMap(edgeInterface).join('\n'))
  await edge.configure(edgeRouter(vifs))
}

export async function configurationOf(
  client: DirectConnectClient,
  { virtualInterfaceId }: VirtualInterface,
  routerTypeIdentifier: string,
): Promise<string> {
  const command = new DescribeRouterConfigurationCommand({ virtualInterfaceId, routerTypeIdentifier })
  const { customerRouterConfig } = await client.send(command)
  assert.ok(customerRouterConfig !== undefined)
  return customerRouterConfig
}

/** What customers announce, with its AS paths. */
async function learned(
  edge: Router,
  family: 'ipv4' | 'ipv6',
): Promise<Readonly<Record<string, readonly { readonly path: string }[]>>> {
  const table: { readonly routes: Readonly<Record<string, readonly { readonly path: string }[]>> } = await edge.show(
    `bgp ${family} unicast`,
  )
  const routes = Object.entries(table.routes).map(([prefix, paths]) => [
    prefix,
    paths.filter(({ path }) => path !== ''),
  ])
  return Object.fromEntries(routes.filter(([, paths]) => (paths?.length ?? 0) > 0))
}

/** Networks of both families, once the customer's own is learned on both virtual interfaces: one reading, since sessions may be reset. */
export function announcedTwice(edge: Router): Promise<readonly string[]> {
  return until(async () => {
    const [ipv4, ipv6] = [await learned(edge, 'ipv4'), await learned(edge, 'ipv6')]
    const isTwice = [ipv4['192.168.50.0/24'], ipv6['fd00:50::/64']].every((paths) => paths?.length === 2)
    return isTwice && Object.keys({ ...ipv4, ...ipv6 })
  }, patienceMs)
}

/** The AS paths with which customers announce an IPv4 network, the shortest first. */
export async function pathsOf(edge: Router, network: string): Promise<readonly string[]> {
  const paths = (await learned(edge, 'ipv4'))[network] ?? []
  return paths.map(({ path }) => path).toSorted()
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

import assert from 'node:assert/strict'
import {
  AssociateMacSecKeyCommand,
  CreateBGPPeerCommand,
  CreateConnectionCommand,
  CreateLagCommand,
  DescribeConnectionsCommand,
  DescribeLagsCommand,
  type NewBGPPeer,
  type VirtualInterface,
} from '@aws-sdk/client-direct-connect'
import { DescribeTransitGatewaysCommand } from '@aws-sdk/client-ec2'
import { networkOf, parseCidr, showCidr } from '../../../src/product/addresses/cidr.ts'
import { ec2 } from '../../tools/companions.ts'
import { associate, associationsSeen, makeTransitGateway, makeVirtualGateway } from '../../tools/gateways.ts'
import type { TestServer } from '../../tools/server.ts'
import { until } from '../../tools/until.ts'
import {
  available,
  connect,
  makeGateway,
  orderPrivate,
  orderPublic,
  orderTransit,
  reaches,
} from '../../tools/virtual-interfaces.ts'

export interface Ordered {
  readonly virtualInterfaceId: string
  /** What the server drew -> what stands for it. */
  readonly drawn: ReadonlyMap<string, string>
}

type Order = (server: TestServer, account: string) => Promise<Ordered>

const authKey = '0xzxgA9YoW9h58u8SvOmXRTw'
const sixthKey = '0x123pK5_VBqv.UQ3kJ4123_'
const addresses = { amazonAddress: '169.254.96.1/30', customerAddress: '169.254.96.2/30' } as const
const ofIpv4 = { virtualInterfaceName: 'Frankfurt, first', authKey, ...addresses } as const
const ofIpv6 = { asn: 65000, addressFamily: 'ipv6', authKey: sixthKey } as const

/** One word of printable ASCII with all that means something to one of the routers. */
const hostileKey = `a"b\\c#d!e?f;g{h}'i$j|k/*l&&m%n<o>p\`q~r^s,t`
const hostileName = `x"; } # !\n no router bgp\r\n? \\ /* */ $(reboot) 'é' |`

/** The orders, each by an account of its own. */
export const scenarios: Readonly<Record<string, Order>> = {
  async private(server, account) {
    const client = server.client(account)
    const { virtualGatewayId } = await makeVirtualGateway(ec2(server, account), '10.20.0.0/16')
    const order = orderPrivate(await connect(client), { ...ofIpv4, virtualGatewayId, mtu: 9001 })
    return ordered(server, account, await client.send(order), ofIpv6)
  },
  async public(server, account) {
    const client = server.client(account)
    const routeFilterPrefixes = [{ cidr: '198.51.100.0/24' }, { cidr: '192.0.2.128/25' }]
    const order = orderPublic(await connect(client), { ...named('public'), authKey, routeFilterPrefixes })
    return ordered(server, account, await client.send(order))
  },
  async transit(server, account) {
    const client = server.client(account)
    const directConnectGatewayId = await makeGateway(client, 64600)
    const gatewayId = await makeTransitGateway(ec2(server, account), 64700)
    await associated(server, account, directConnectGatewayId, gatewayId)
    const order = orderTransit(await connect(client), {
      ...ofIpv4,
      directConnectGatewayId,
      mtu: 8500,
      asn: 64999,
    })
    return ordered(server, account, await client.send(order), { ...ofIpv6, asn: 64999 })
  },
  async 'ipv4-only'(server, account) {
    const client = server.client(account)
    return ordered(server, account, await client.send(orderPrivate(await connect(client), ofIpv4)))
  },
  async 'ipv6-only'(server, account) {
    const client = server.client(account)
    const order = orderPrivate(await connect(client), { ...named('IPv6 alone'), ...ofIpv6 })
    return ordered(server, account, await client.send(order))
  },
  async both(server, account) {
    const client = server.client(account)
    const routeFilterPrefixes = [{ cidr: '198.51.100.0/24' }, { cidr: '2001:db8:ffff::/48' }]
    const facts = { ...named('public, both'), authKey, asn: 64496, routeFilterPrefixes }
    const answer = await client.send(orderPublic(await connect(client), facts))
    return ordered(server, account, answer, { ...ofIpv6, asn: 65001 })
  },
  async lag(server, account) {
    const client = server.client(account)
    const { lagId = '' } = await client.send(
      new CreateLagCommand({ location: 'EqDC2', connectionsBandwidth: '10Gbps', numberOfConnections: 2, lagName: 'l' }),
    )
    for (const { connectionId } of (await client.send(new DescribeLagsCommand({ lagId }))).lags?.[0]?.connections ?? [])
      await available(client, connectionId)
    return ordered(server, account, await client.send(orderPrivate(lagId, ofIpv4)), ofIpv6)
  },
  async macsec(server, account) {
    const client = server.client(account)
    const { connectionId = '' } = await client.send(
      new CreateConnectionCommand({
        location: 'EqDC2',
        bandwidth: '10Gbps',
        connectionName: 'c',
        requestMACSec: true,
      }),
    )
    await available(client, connectionId)
    const key = { ckn: '0123456789abcdef'.repeat(4), cak: 'c0ffee'.padEnd(64, '7') }
    await client.send(new AssociateMacSecKeyCommand({ connectionId, ...key }))
    await until(async () => {
      const { connections } = await client.send(new DescribeConnectionsCommand({ connectionId }))
      return connections?.[0]?.macSecKeys?.[0]?.state === 'associated'
    })
    return ordered(server, account, await client.send(orderPrivate(connectionId, ofIpv4)), ofIpv6)
  },
  async hostile(server, account) {
    const client = server.client(account)
    const facts = { ...ofIpv4, virtualInterfaceName: hostileName, authKey: hostileKey }
    const answer = await client.send(orderPrivate(await connect(client), facts))
    return ordered(server, account, answer, { ...ofIpv6, authKey: hostileKey })
  },
}

function named(virtualInterfaceName: string) {
  return { virtualInterfaceName }
}

async function associated(server: TestServer, account: string, gateway: string, transitGateway: string) {
  const client = server.client(account)
  const companions = ec2(server, account)
  await until(async () => {
    const { TransitGateways } = await companions.send(new DescribeTransitGatewaysCommand({}))
    return TransitGateways?.[0]?.State === 'available'
  })
  await associate(client, gateway, transitGateway, '10.0.0.0/8', '172.20.0.0/16', 'fd00:20::/48')
  await until(async () => {
    const [association] = await associationsSeen(client, { directConnectGatewayId: gateway })
    return association?.associationState === 'associated'
  })
}

/** The virtual interface as it is once everything works, with a second session if there is one to be. */
async function ordered(
  server: TestServer,
  account: string,
  answer: {
    readonly virtualInterfaceId?: string | undefined
    readonly virtualInterface?: VirtualInterface | undefined
  },
  newBGPPeer?: NewBGPPeer,
): Promise<Ordered> {
  const client = server.client(account)
  const virtualInterfaceId = answer.virtualInterfaceId ?? answer.virtualInterface?.virtualInterfaceId ?? ''
  await reaches(client, virtualInterfaceId, 'available')
  if (newBGPPeer !== undefined) await client.send(new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer }))
  const vif = await reaches(client, virtualInterfaceId, 'available')
  const { connectionId = '', bgpPeers = [] } = vif
  const members = (await client.send(new DescribeConnectionsCommand({}))).connections ?? []
  const isLag = connectionId.startsWith('dxlag-')
  const ids = [virtualInterfaceId, ...(isLag ? [connectionId] : []), ...members.map((one) => one.connectionId ?? '')]
  const counts = new Map<string, number>()
  return {
    virtualInterfaceId,
    drawn: new Map([
      ...ids.flatMap((id): [string, string][] => {
        const [kind = ''] = id.split('-')
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
        const fixed = `${kind}-f000000${counts.get(kind)}`
        // BIRD writes a virtual interface's id with an underscore.
        return [
          [id, fixed],
          [id.replace('-', '_'), fixed.replace('-', '_')],
        ]
      }),
      ...bgpPeers
        .filter(({ addressFamily }) => addressFamily === 'ipv6')
        .flatMap(({ amazonAddress = '', customerAddress = '' }): [string, string][] => [
          [bare(amazonAddress), '2001:db8:0:1::1'],
          [bare(customerAddress), '2001:db8:0:1::6'],
          [networkText(amazonAddress), '2001:db8:0:1::/125'],
        ]),
    ]),
  }
}

const bare = (cidr: string) => cidr.replace(/\/\d+$/, '')

function networkText(cidr: string): string {
  const parsed = parseCidr(cidr)
  assert.ok(parsed !== undefined, cidr)
  return showCidr(networkOf(parsed))
}

// Somebody has deleted what Terraform is about to destroy. It looks for a code and for words in the message, and takes any
// other refusal for a failure.
import { test } from 'node:test'
import { CreateInterconnectCommand } from '@aws-sdk/client-direct-connect'
import { startServer } from '../../tools/server.ts'
import { apply, type Managed, type Resource } from '../../tools/terraform.ts'
import { configure, type Provider } from '../../tools/terraform-provider.ts'
import { dxConnection, dxConnectionAssociation } from './resources/aws-dx-connection.ts'
import { dxGateway } from './resources/aws-dx-gateway.ts'
import { dxGatewayAssociation, dxGatewayAssociationProposal } from './resources/aws-dx-gateway-association.ts'
import { dxHostedConnection } from './resources/aws-dx-hosted-connection.ts'
import { dxHostedPrivateVirtualInterface } from './resources/aws-dx-hosted-virtual-interface.ts'
import { dxLag } from './resources/aws-dx-lag.ts'
import {
  dxPrivateVirtualInterface,
  dxPublicVirtualInterface,
  dxTransitVirtualInterface,
} from './resources/aws-dx-virtual-interface.ts'
import { transitGateway } from './resources/aws-ec2-transit-gateway.ts'
import { vpc, vpnGateway, vpnGatewayAttachment } from './resources/aws-vpc.ts'

const account = '111122223333'
const other = '444455556666'
const port = { name: 'c', location: 'EqDC2', bandwidth: '10Gbps' }
const session = { name: 'vif', address_family: 'ipv4', bgp_asn: 65000 } as const

type Delete<Config extends object, Seen extends object> = NonNullable<Resource<Config, Seen>['delete']>

/** Deletes it as its own resource would, and again while it is shown as deleted, and when nothing shows it any more. */
async function deletedThrice<Config extends object, Seen extends object>(
  provider: Provider,
  { delete: remove }: { readonly delete?: Delete<Config, Seen> },
  managed: Managed<Config, Seen>,
): Promise<void> {
  const state = managed.state()
  await managed.destroy()
  await remove?.(provider, state.id, state)
  await provider.server.advance(7 * 24 * 3_600)
  await remove?.(provider, state.id, state)
}

test('a connection, a LAG and a hosted connection that are gone are destroyed without an error', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  await deletedThrice(provider, dxConnection, await apply(provider, dxConnection, port))
  const lag = { name: 'lag', location: 'EqDC2', connections_bandwidth: '10Gbps' }
  await deletedThrice(provider, dxLag, await apply(provider, dxLag, lag))
  await deletedThrice(provider, dxLag, await apply(provider, dxLag, { ...lag, force_destroy: true }))

  const partner = await configure(server, 'partner')
  const order = { interconnectName: 'nni', bandwidth: '10Gbps', location: 'EqDC2' }
  const { interconnectId: connection_id = '' } = await partner.directConnect.send(new CreateInterconnectCommand(order))
  await server.advance(5)
  const slice = { name: 'slice', bandwidth: '100Mbps', connection_id, owner_account_id: account, vlan: 7 }
  await deletedThrice(partner, dxHostedConnection, await apply(partner, dxHostedConnection, slice))
})

test('a membership whose connection or LAG is gone is destroyed without an error', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const lag = await apply(provider, dxLag, { name: 'lag', location: 'EqDC2', connections_bandwidth: '10Gbps' })
  const connection = await apply(provider, dxConnection, port)
  const both = { connection_id: connection.state().id, lag_id: lag.state().id }
  const association = await apply(provider, dxConnectionAssociation, both)
  const { id } = association.state()
  await association.destroy()
  await lag.destroy()
  await dxConnectionAssociation.delete?.(provider, id, both)
  await connection.destroy()
  await dxConnectionAssociation.delete?.(provider, id, both)
})

test('virtual interfaces that are gone are destroyed without an error', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await apply(provider, dxConnection, port)
  const gateway = await apply(provider, dxGateway, { name: 'g', amazon_side_asn: '64512' })
  const second = await apply(provider, dxGateway, { name: 'h', amazon_side_asn: '64512' })
  await server.advance(5)
  const vif = { ...session, connection_id: connection.state().id, vlan: 1 }
  const toGateway = await apply(provider, dxPrivateVirtualInterface, { ...vif, dx_gateway_id: gateway.state().id })
  await deletedThrice(provider, dxPrivateVirtualInterface, toGateway)
  const toTransit = await apply(provider, dxTransitVirtualInterface, { ...vif, dx_gateway_id: second.state().id })
  await deletedThrice(provider, dxTransitVirtualInterface, toTransit)
  const toEverybody = await apply(provider, dxPublicVirtualInterface, {
    ...vif,
    amazon_address: '175.45.176.1/28',
    customer_address: '175.45.176.2/28',
    route_filter_prefixes: new Set(['210.52.109.0/24']),
  })
  await deletedThrice(provider, dxPublicVirtualInterface, toEverybody)
  const hosted = await apply(provider, dxHostedPrivateVirtualInterface, { ...vif, owner_account_id: other })
  await deletedThrice(provider, dxHostedPrivateVirtualInterface, hosted)
})

test('gateways, their associations and proposals that are gone are destroyed without an error', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const gateway = await apply(provider, dxGateway, { name: 'g', amazon_side_asn: '64513' })
  const transit = await apply(provider, transitGateway, {})
  const network = await apply(provider, vpc, { cidr_block: '10.0.0.0/16' })
  const virtual = await apply(provider, vpnGateway, {})
  const dx_gateway_id = gateway.state().id
  const toTransit = { dx_gateway_id, associated_gateway_id: transit.state().id }
  const association = { ...toTransit, allowed_prefixes: new Set(['10.0.0.0/8']) }
  await deletedThrice(provider, dxGatewayAssociation, await apply(provider, dxGatewayAssociation, association))

  const owner = await configure(server, other)
  const theirs = await apply(owner, dxGateway, { name: 'theirs', amazon_side_asn: '64514' })
  const proposal = await apply(provider, dxGatewayAssociationProposal, {
    ...association,
    dx_gateway_id: theirs.state().id,
    dx_gateway_owner_account_id: other,
  })
  await deletedThrice(provider, dxGatewayAssociationProposal, proposal)

  const both = { vpc_id: network.state().id, vpn_gateway_id: virtual.state().id }
  await deletedThrice(provider, vpnGatewayAttachment, await apply(provider, vpnGatewayAttachment, both))
  await deletedThrice(provider, vpnGateway, virtual)
  await deletedThrice(provider, vpc, network)
  await deletedThrice(provider, transitGateway, transit)
  await deletedThrice(provider, dxGateway, gateway)
})

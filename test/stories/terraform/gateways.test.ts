import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeleteDirectConnectGatewayAssociationCommand,
  DeleteDirectConnectGatewayCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure, type Provider } from '../../tools/terraform-provider.ts'
import { dxGateway } from './resources/aws-dx-gateway.ts'
import {
  dxGatewayAssociation,
  dxGatewayAssociationProposal,
  findAssociation,
  proposalStateOf,
} from './resources/aws-dx-gateway-association.ts'
import { transitGateway } from './resources/aws-ec2-transit-gateway.ts'
import { vpc, vpnGateway, vpnGatewayAttachment } from './resources/aws-vpc.ts'

const account = '111122223333'
const other = '444455556666'
const config = { name: 'tf-acc-test', amazon_side_asn: '4200000001' }
const block = '10.255.255.0/28'
const prefixes = new Set(['10.255.255.0/30', '10.255.255.8/30'])

async function attachedVpnGateway(provider: Provider, cidr_block = block): Promise<string> {
  const { id: vpc_id } = (await apply(provider, vpc, { cidr_block })).state()
  const { id: vpn_gateway_id } = (await apply(provider, vpnGateway, {})).state()
  await apply(provider, vpnGatewayAttachment, { vpc_id, vpn_gateway_id })
  return vpn_gateway_id
}

async function madeGateway(provider: Provider, amazon_side_asn = '64512'): Promise<string> {
  return (await apply(provider, dxGateway, { name: 'tf-acc-test', amazon_side_asn })).state().id
}

test('aws_dx_gateway: made, renamed, tagged, imported, destroyed; its ARN is of no Region', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const gateway = await apply(provider, dxGateway, { ...config, tags: { key1: 'value1' } })
  const { id, arn, owner_account_id } = gateway.state()
  assert.equal(arn, `arn:aws:directconnect::${account}:dx-gateway/${id}`)
  assert.equal(owner_account_id, account)
  await gateway.import()
  await gateway.update({ name: 'tf-acc-test-renamed' })
  await gateway.update({ tags: { key1: 'value1updated', key2: 'value2' } })
  await gateway.update({ tags: { key2: 'value2' } })
  await gateway.import()

  const elsewhere = await apply(await configure(server, account, 'eu-west-1'), dxGateway, config)
  assert.deepEqual(await gateway.plan(), [])
  await elsewhere.destroy()
  await gateway.destroy()

  const second = await apply(provider, dxGateway, config)
  const directConnectGatewayId = second.state().id
  await provider.directConnect.send(new DeleteDirectConnectGatewayCommand({ directConnectGatewayId }))
  await server.advance(5)
  assert.equal(await second.plan(), 'create')
})

test('aws_dx_gateway_association: without prefixes those of a VPN gateway are the blocks of its VPC', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const dx_gateway_id = await madeGateway(provider)
  const associated_gateway_id = await attachedVpnGateway(provider)
  const association = await apply(provider, dxGatewayAssociation, { dx_gateway_id, associated_gateway_id })
  const { dx_gateway_association_id, ...rest } = association.state()
  assert.deepEqual(rest, {
    allowed_prefixes: new Set([block]),
    associated_gateway_id,
    associated_gateway_owner_account_id: account,
    associated_gateway_type: 'virtualPrivateGateway',
    dx_gateway_id,
    dx_gateway_owner_account_id: account,
    id: `ga-${dx_gateway_id}${associated_gateway_id}`,
    tags: {},
    transit_gateway_attachment_id: '',
  })
  const named = `${dx_gateway_id}/${associated_gateway_id}`
  await association.import({ named })
  // States of the first version know the gateway under its old name.
  const old = { directConnectGatewayId: dx_gateway_id, virtualGatewayId: associated_gateway_id }
  assert.equal((await findAssociation(provider, old))?.associationId, dx_gateway_association_id)

  // A set's members are added and removed in one call; IPv6 stays as it was written.
  await association.update({ allowed_prefixes: new Set(['10.255.255.8/29', '2600:1f26:74::/48']) })
  assert.equal(association.state().dx_gateway_association_id, dx_gateway_association_id)
  await association.update({ allowed_prefixes: new Set(['10.255.255.8/29', '10.255.255.0/29']) })
  // Only what makes no difference to the service has changed.
  await association.update({ proposal_id: 'some other' })
  await association.import({ named, but: ['proposal_id'] })
  await association.destroy()
})

test('aws_dx_gateway_association: a transit gateway has exactly one attachment, as long as it lasts', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const dx_gateway_id = await madeGateway(provider, '64513')
  const transit = await apply(provider, transitGateway, {})
  const associated_gateway_id = transit.state().id
  const wanted = { dx_gateway_id, associated_gateway_id, allowed_prefixes: prefixes }
  const association = await apply(provider, dxGatewayAssociation, wanted)
  const { associated_gateway_type, transit_gateway_attachment_id } = association.state()
  assert.equal(associated_gateway_type, 'transitGateway')
  assert.match(transit_gateway_attachment_id, /^tgw-attach-[0-9a-f]+$/)
  await association.import({ named: `${dx_gateway_id}/${associated_gateway_id}` })
  await association.update({ allowed_prefixes: new Set(['10.255.255.8/30', '10.255.255.4/30']) })
  assert.equal(association.state().transit_gateway_attachment_id, transit_gateway_attachment_id)
  await association.destroy()

  const again = await apply(provider, dxGatewayAssociation, wanted)
  const { dx_gateway_association_id: associationId } = again.state()
  await provider.directConnect.send(new DeleteDirectConnectGatewayAssociationCommand({ associationId }))
  await server.advance(5)
  assert.equal(await again.plan(), 'create')
  await transit.destroy()
})

test('aws_dx_gateway: one with associations left fails to go, and works on', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const gateway = await apply(provider, dxGateway, config)
  const dx_gateway_id = gateway.state().id
  const associated_gateway_id = await attachedVpnGateway(provider)
  const association = await apply(provider, dxGatewayAssociation, { dx_gateway_id, associated_gateway_id })
  await assert.rejects(gateway.destroy())
  assert.deepEqual(await association.plan(), [])
})

test('aws_dx_gateway_association_proposal: of one VPN gateway, with its VPC’s block; accepted, withdrawn, imported', async () => {
  await using server = await startServer({ timing: 'fast' })
  const owner = await configure(server, account)
  const proposer = await configure(server, other)
  const dx_gateway_id = await madeGateway(owner)
  const associated_gateway_id = await attachedVpnGateway(proposer, '10.0.0.0/16')
  const wanted = { dx_gateway_id, dx_gateway_owner_account_id: account, associated_gateway_id }
  const proposal = await apply(proposer, dxGatewayAssociationProposal, wanted)
  const { id, ...rest } = proposal.state()
  assert.deepEqual(rest, {
    ...wanted,
    allowed_prefixes: new Set(['10.0.0.0/16']),
    associated_gateway_owner_account_id: other,
    associated_gateway_type: 'virtualPrivateGateway',
    tags: {},
  })
  await proposal.import()
  await proposal.import({ named: `${id}/${dx_gateway_id}/${associated_gateway_id}` })
  assert.equal(await proposalStateOf(proposer, id), 'requested')

  const association = await apply(owner, dxGatewayAssociation, {
    dx_gateway_id,
    proposal_id: id,
    associated_gateway_owner_account_id: other,
  })
  assert.deepEqual(await proposal.plan(), [])
  assert.equal(await proposalStateOf(proposer, id), 'accepted')
  assert.equal(association.state().dx_gateway_owner_account_id, account)
  await association.import({ named: `${dx_gateway_id}/${associated_gateway_id}`, but: ['proposal_id'] })

  await dxGatewayAssociationProposal.delete?.(proposer, id, proposal.state())
  await dxGatewayAssociationProposal.delete?.(proposer, id, proposal.state())
  assert.equal(await proposalStateOf(proposer, id), undefined)
  assert.deepEqual(await proposal.plan(), [], 'the association stands in its place')
  await proposal.import({ named: `${id}/${dx_gateway_id}/${associated_gateway_id}`.toUpperCase() })
  assert.deepEqual(await association.plan(), [])
  await association.destroy()
  assert.equal(await proposal.plan(), 'create')
})

test('aws_dx_gateway_association_proposal: of a transit gateway; whoever accepts may allow other prefixes', async () => {
  await using server = await startServer({ timing: 'fast' })
  const owner = await configure(server, account)
  const proposer = await configure(server, other)
  const dx_gateway_id = await madeGateway(owner, '64513')
  const associated_gateway_id = (await apply(proposer, transitGateway, {})).state().id
  const wanted = { dx_gateway_id, dx_gateway_owner_account_id: account, associated_gateway_id }
  const first = await apply(proposer, dxGatewayAssociationProposal, { ...wanted, allowed_prefixes: prefixes })
  const { id } = first.state()
  await first.destroy()
  const proposal = await apply(proposer, dxGatewayAssociationProposal, {
    ...wanted,
    allowed_prefixes: new Set(['10.255.255.0/30']),
  })
  assert.notEqual(proposal.state().id, id)

  const association = await apply(owner, dxGatewayAssociation, {
    dx_gateway_id,
    proposal_id: proposal.state().id,
    associated_gateway_owner_account_id: other,
    allowed_prefixes: prefixes,
  })
  // The owner of the Direct Connect gateway sees the attachment to the other's transit gateway.
  assert.match(association.state().transit_gateway_attachment_id, /^tgw-attach-/)
  await proposal.plan()
  assert.deepEqual(proposal.state().allowed_prefixes, prefixes)
  await association.destroy()
  await proposal.destroy()
})

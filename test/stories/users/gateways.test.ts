// What went wrong for people who associate gateways from code, each as a test.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  AcceptDirectConnectGatewayAssociationProposalCommand,
  DescribeDirectConnectGatewayAssociationProposalsCommand,
  UpdateDirectConnectGatewayAssociationCommand,
} from '@aws-sdk/client-direct-connect'
import { DescribeTransitGatewayAttachmentsCommand } from '@aws-sdk/client-ec2'
import { python, skipWithout } from '../../tools/clients.ts'
import { ec2 } from '../../tools/companions.ts'
import {
  associate,
  associationsSeen,
  cidrsOf,
  makeTransitGateway,
  makeVirtualGateway,
  prefixes,
  propose,
} from '../../tools/gateways.ts'
import { startServer, type TestServer } from '../../tools/server.ts'
import { byTheClock, makeGateway, refused } from '../../tools/virtual-interfaces.ts'
import { script } from './script.ts'

const alice = '111122223333'
const bob = '444455556666'
const day = 24 * 3_600

/** A Direct Connect gateway of Alice, and a proposal of Bob's to associate his VPC's gateway with it. */
async function proposed(server: TestServer) {
  const [owner, proposer] = [server.client(alice), server.client(bob)]
  const directConnectGatewayId = await makeGateway(owner)
  const { virtualGatewayId } = await makeVirtualGateway(ec2(server, bob), '10.0.0.0/16')
  await server.advance(day)
  const proposalId = await propose(proposer, directConnectGatewayId, alice, virtualGatewayId)
  const accept = (region?: string) =>
    server.client(alice, region).send(
      new AcceptDirectConnectGatewayAssociationProposalCommand({
        directConnectGatewayId,
        proposalId,
        associatedGatewayOwnerAccount: bob,
      }),
    )
  const proposals = async () =>
    (await proposer.send(new DescribeDirectConnectGatewayAssociationProposalsCommand({ proposalId })))
      .directConnectGatewayAssociationProposals ?? []
  const associations = () =>
    associationsSeen(proposer, { directConnectGatewayId, associatedGatewayId: virtualGatewayId })
  return { accept, proposals, associations, virtualGatewayId }
}

describe('gateway associations, as users met them in boto3', skipWithout('boto3', python), () => {
  // hashicorp/terraform-provider-aws #14328, PR #14144, #8222: it takes from 15 to 45 minutes, and whoever waits for less
  // has to be able to rehearse that.
  test('an association took longer than the client waited for it', async () => {
    await using server = await startServer({ timing: 'aws', provisioning: 'automatic' })
    const seen = await script(
      server,
      `
vpc = ec2.create_vpc(CidrBlock='10.0.0.0/16')['Vpc']['VpcId']
vgw = ec2.create_vpn_gateway(Type='ipsec.1')['VpnGateway']['VpnGatewayId']
ec2.attach_vpn_gateway(VpcId=vpc, VpnGatewayId=vgw)
gateway = dx.create_direct_connect_gateway(directConnectGatewayName='g')['directConnectGateway']['directConnectGatewayId']
advance(3600)
made = dx.create_direct_connect_gateway_association(directConnectGatewayId=gateway, gatewayId=vgw)
id = made['directConnectGatewayAssociation']['associationId']
def state():
    found = dx.describe_direct_connect_gateway_associations(associationId=id)['directConnectGatewayAssociations']
    return found[0]['associationState'] if found else None
def waited(target, minutes):
    seen = []
    for minute in range(minutes):
        seen.append(state())
        if seen[-1] == target: break
        advance(60)
    return seen
impatient = waited('associated', 5)
patient = waited('associated', 45)
dx.delete_direct_connect_gateway_association(associationId=id)
show({'impatient': impatient, 'patient': patient, 'leaving': waited(None, 45)})
`,
    )
    assert.deepEqual(new Set(seen.impatient), new Set(['associating']), 'five minutes do not suffice')
    assert.equal(seen.patient.at(-1), 'associated')
    assert.deepEqual(new Set(seen.patient.slice(0, -1)), new Set(['associating']))
    assert.equal(seen.leaving.at(-1), null)
    assert.deepEqual(new Set(seen.leaving.slice(0, -1)), new Set(['disassociating']))
  })
})

// hashicorp/terraform-provider-aws #9225: the client that had given up waiting tried again.
test('a proposal was accepted twice', async () => {
  await using server = await startServer(byTheClock)
  const { accept, associations } = await proposed(server)
  await accept()
  const refusal = refused('Proposal has been accepted!')
  await assert.rejects(accept(), refusal, 'while it associates')
  await server.advance(3_600)
  await assert.rejects(accept(), refusal, 'and when it has')
  assert.deepEqual(
    (await associations()).map(({ associationState }) => associationState),
    ['associated'],
    'there is one association',
  )
})

// hashicorp/terraform-provider-aws #36632: some weeks later Terraform found no proposal any more, and planned to make it
// again, although the association that had come of it was there.
test('a proposal was gone weeks after it had been made', async () => {
  await using server = await startServer(byTheClock)
  const open = await proposed(server)
  const states = async () => (await open.proposals()).map(({ proposalState }) => proposalState)
  assert.deepEqual(await states(), ['requested'])
  await server.advance(7 * day)
  assert.deepEqual(await states(), ['deleted'], 'it lasts for 7 days')
  await assert.rejects(open.accept(), refused(/^Proposal [-0-9a-f]{36} is not found\.$/))
  await server.advance(3 * day)
  assert.deepEqual(await states(), [], 'and is shown for 3 more')

  const accepted = await proposed(server)
  await accepted.accept()
  await server.advance(21 * day)
  assert.deepEqual(await accepted.proposals(), [])
  const [association] = await accepted.associations()
  assert.equal(association?.associationState, 'associated', 'what Terraform reads in its place')
  assert.deepEqual(cidrsOf(association), ['10.0.0.0/16'])
})

// hashicorp/terraform-provider-aws #30085: more prefixes made a new association with a new attachment, to which no route
// table belonged.
test('allowing one more prefix replaced the association and its attachment', async () => {
  await using server = await startServer(byTheClock)
  const [client, cloud] = [server.client(alice), ec2(server, alice)]
  const directConnectGatewayId = await makeGateway(client, 64_512)
  const transitGatewayId = await makeTransitGateway(cloud, 64_513)
  await server.advance(3_600)
  const { associationId } = await associate(client, directConnectGatewayId, transitGatewayId, '10.0.0.0/16')
  const attachments = async () => {
    const { TransitGatewayAttachments = [] } = await cloud.send(
      new DescribeTransitGatewayAttachmentsCommand({
        Filters: [
          { Name: 'resource-type', Values: ['direct-connect-gateway'] },
          { Name: 'resource-id', Values: [directConnectGatewayId] },
          { Name: 'transit-gateway-id', Values: [transitGatewayId] },
        ],
      }),
    )
    return TransitGatewayAttachments.map(({ TransitGatewayAttachmentId, State }) => [TransitGatewayAttachmentId, State])
  }
  const look = async () => {
    const [association] = await associationsSeen(client, { associationId })
    return [association?.associationState, cidrsOf(association)]
  }
  await server.advance(3_600)
  const before = await attachments()
  assert.equal(before.length, 1)
  assert.deepEqual(before[0]?.[1], 'available')

  const update = { associationId, addAllowedPrefixesToDirectConnectGateway: prefixes('10.1.0.0/16') }
  await client.send(new UpdateDirectConnectGatewayAssociationCommand(update))
  const both = ['10.0.0.0/16', '10.1.0.0/16']
  for (const state of ['updating', 'associated']) {
    assert.deepEqual(await look(), [state, both])
    assert.deepEqual(await attachments(), before, state)
    await server.advance(3_600)
  }
})

// hashicorp/terraform-provider-aws #21608: gateways are global, what is associated with them has a Region, and that is
// where a proposal is accepted.
test('a proposal was accepted in another Region than that of the gateway that it is about', async () => {
  await using server = await startServer(byTheClock)
  const { accept, virtualGatewayId } = await proposed(server)
  await assert.rejects(accept('eu-west-1'), refused(`The VirtualGateway ${virtualGatewayId} does not exist.`))
  const { directConnectGatewayAssociation: made } = await accept('us-east-1')
  assert.equal(made?.associatedGateway?.region, 'us-east-1')
})

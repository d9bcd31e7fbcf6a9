import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AcceptDirectConnectGatewayAssociationProposalCommand,
  type AcceptDirectConnectGatewayAssociationProposalRequest,
  CreateDirectConnectGatewayAssociationProposalCommand,
  DeleteDirectConnectGatewayAssociationCommand,
  DeleteDirectConnectGatewayAssociationProposalCommand,
  DescribeDirectConnectGatewayAssociationProposalsCommand,
  type DescribeDirectConnectGatewayAssociationProposalsRequest,
  type DirectConnectClient,
  UpdateDirectConnectGatewayAssociationCommand,
} from '@aws-sdk/client-direct-connect'
import { DescribeTransitGatewayAttachmentsCommand, DetachVpnGatewayCommand } from '@aws-sdk/client-ec2'
import { ec2 as ec2Of } from '../../../../test/tools/companions.ts'
import {
  associate,
  associationsSeen,
  cidrsOf,
  makeTransitGateway,
  makeVirtualGateway,
  prefixes,
  propose,
} from '../../../../test/tools/gateways.ts'
import { startServer, type TestServer } from '../../../../test/tools/server.ts'
import { makeGateway, refused } from '../../../../test/tools/virtual-interfaces.ts'

/** The owner of the Direct Connect gateway, and of what is to be associated with it. */
const owner = '111122223333'
const proposer = '444455556666'
const stranger = '777788889999'
const day = 24 * 60 * 60

test('a proposal for a virtual private gateway asks for the blocks of its VPC, and its acceptance makes the association', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const gatewayId = await makeGateway(owns)
  const proposalId = await propose(asks, gatewayId, owner, virtualGatewayId)
  const [proposal, ...more] = await seen(owns, { proposalId })
  assert.deepEqual(more, [])
  assert.deepEqual(proposal, {
    proposalId,
    directConnectGatewayId: gatewayId,
    directConnectGatewayOwnerAccount: owner,
    proposalState: 'requested',
    associatedGateway: {
      id: virtualGatewayId,
      type: 'virtualPrivateGateway',
      ownerAccount: proposer,
      region: 'us-east-1',
    },
    existingAllowedPrefixesToDirectConnectGateway: [],
    requestedAllowedPrefixesToDirectConnectGateway: prefixes('10.0.0.0/16'),
  })
  assert.deepEqual(await associationsSeen(asks, { associatedGatewayId: virtualGatewayId }), [])

  const association = await accept(owns, gatewayId, proposalId)
  assert.equal(association?.associationState, 'associating')
  assert.equal(association.directConnectGatewayOwnerAccount, owner)
  assert.deepEqual(association.associatedGateway, proposal?.associatedGateway)
  assert.deepEqual(cidrsOf(association), ['10.0.0.0/16'])
  assert.equal((await seen(asks, { proposalId }))[0]?.proposalState, 'accepted')
  await server.advance(1)
  for (const party of [asks, owns])
    assert.deepEqual(
      (await associationsSeen(party, { associatedGatewayId: virtualGatewayId, directConnectGatewayId: gatewayId })).map(
        (one) => [one.associationId, one.associationState],
      ),
      [[association.associationId, 'associated']],
    )
})

test('an accepted proposal cannot be accepted again (Terraform issue 9225)', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const gatewayId = await makeGateway(owns)
  const proposalId = await propose(asks, gatewayId, owner, virtualGatewayId)
  await accept(owns, gatewayId, proposalId)
  await assert.rejects(accept(owns, gatewayId, proposalId), refused('Proposal has been accepted!'))
})

test('prefixes given with the acceptance take the place of those that were requested', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const transitGatewayId = await makeTransitGateway(ec2Of(server, proposer), 64600)
  const gatewayId = await makeGateway(owns)
  const proposalId = await propose(asks, gatewayId, owner, transitGatewayId, '10.0.0.0/8', '172.16.0.0/12')
  const association = await accept(owns, gatewayId, proposalId, {
    overrideAllowedPrefixesToDirectConnectGateway: prefixes('10.1.0.0/16', '2001:db8:0::/48'),
  })
  assert.deepEqual(cidrsOf(association), ['10.1.0.0/16', '2001:db8::/48'])
  const [proposal] = await seen(asks, { proposalId })
  assert.deepEqual(
    proposal?.requestedAllowedPrefixesToDirectConnectGateway,
    association?.allowedPrefixesToDirectConnectGateway,
  )
})

test('a proposal for what is associated already asks for other prefixes, and the association is updated in place', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const transitGatewayId = await makeTransitGateway(ec2Of(server, proposer), 64600)
  const gatewayId = await makeGateway(owns)
  const first = await propose(asks, gatewayId, owner, transitGatewayId, '10.0.0.0/16', '10.1.0.0/16')
  const made = await accept(owns, gatewayId, first)
  await server.advance(1)
  const { directConnectGatewayAssociationProposal: change } = await asks.send(
    new CreateDirectConnectGatewayAssociationProposalCommand({
      directConnectGatewayId: gatewayId,
      directConnectGatewayOwnerAccount: owner,
      gatewayId: transitGatewayId,
      addAllowedPrefixesToDirectConnectGateway: prefixes('10.2.0.0/16'),
      removeAllowedPrefixesToDirectConnectGateway: prefixes('10.0.0.0/16'),
    }),
  )
  assert.deepEqual(
    [change?.existingAllowedPrefixesToDirectConnectGateway, change?.requestedAllowedPrefixesToDirectConnectGateway],
    [prefixes('10.0.0.0/16', '10.1.0.0/16'), prefixes('10.1.0.0/16', '10.2.0.0/16')],
  )
  const updated = await accept(owns, gatewayId, change?.proposalId)
  assert.equal(updated?.associationId, made?.associationId)
  assert.equal(updated?.associationState, 'updating')
  assert.deepEqual(cidrsOf(updated), ['10.1.0.0/16', '10.2.0.0/16'])
  await server.advance(1)
  const [association, ...more] = await associationsSeen(asks, { associatedGatewayId: transitGatewayId })
  assert.equal(association?.associationState, 'associated')
  assert.deepEqual(more, [])
})

test('to take every prefix of an association away cannot be proposed, or its acceptance would allow the whole VPC', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const gatewayId = await makeGateway(owns)
  await accept(owns, gatewayId, await propose(asks, gatewayId, owner, virtualGatewayId, '10.0.1.0/24'))
  await server.advance(1)
  await assert.rejects(
    asks.send(
      new CreateDirectConnectGatewayAssociationProposalCommand({
        directConnectGatewayId: gatewayId,
        directConnectGatewayOwnerAccount: owner,
        gatewayId: virtualGatewayId,
        removeAllowedPrefixesToDirectConnectGateway: prefixes('10.0.1.0/24'),
      }),
    ),
    refused(/an association needs one allowed prefix at least/),
  )
})

test('a proposal ends after seven days and is shown as deleted for three more', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const gatewayId = await makeGateway(owns)
  const proposalId = await propose(asks, gatewayId, owner, virtualGatewayId)
  const states = async () => (await seen(asks, { proposalId })).map(({ proposalState }) => proposalState)
  await server.advance(7 * day - 60)
  assert.deepEqual(await states(), ['requested'])
  await server.advance(60)
  assert.deepEqual(await states(), ['deleted'])
  const gone = refused(`Proposal ${proposalId} is not found.`)
  await assert.rejects(accept(owns, gatewayId, proposalId), gone)
  await assert.rejects(withdraw(asks, proposalId), gone)
  await server.advance(3 * day)
  assert.deepEqual(await states(), [])
  assert.deepEqual(await seen(asks, {}), [])
})

test('an accepted proposal is shown for three days, and afterwards the association answers for it (Terraform issue 36632)', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const directConnectGatewayId = await makeGateway(owns)
  const proposalId = await propose(asks, directConnectGatewayId, owner, virtualGatewayId)
  await accept(owns, directConnectGatewayId, proposalId)
  await server.advance(3 * day - 60)
  assert.equal((await seen(asks, { proposalId }))[0]?.proposalState, 'accepted')
  await server.advance(60)
  assert.deepEqual(await seen(asks, { proposalId }), [])
  await assert.rejects(withdraw(asks, proposalId), refused(`Proposal ${proposalId} is not found.`))
  const filter = { directConnectGatewayId, associatedGatewayId: virtualGatewayId }
  assert.deepEqual(cidrsOf((await associationsSeen(asks, filter))[0]), ['10.0.0.0/16'])
})

test('either side deletes a proposal, once; deleting an accepted one leaves the association', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const gatewayId = await makeGateway(owns)
  const withdrawn = await propose(asks, gatewayId, owner, virtualGatewayId)
  const declined = await propose(asks, gatewayId, owner, virtualGatewayId)
  const accepted = await propose(asks, gatewayId, owner, virtualGatewayId)
  assert.equal((await withdraw(asks, withdrawn))?.proposalState, 'deleted')
  await withdraw(owns, declined)
  await accept(owns, gatewayId, accepted)
  await server.advance(1)
  await withdraw(asks, accepted)
  for (const proposalId of [withdrawn, declined, accepted]) {
    assert.equal((await seen(asks, { proposalId }))[0]?.proposalState, 'deleted')
    await assert.rejects(withdraw(asks, proposalId), refused(`Proposal ${proposalId} is not found.`))
    await assert.rejects(accept(owns, gatewayId, proposalId), refused(/is not found/))
  }
  const [association] = await associationsSeen(owns, { directConnectGatewayId: gatewayId })
  assert.equal(association?.associationState, 'associated')
})

test('proposals are seen by both sides and by nobody else, and found by either gateway', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const nobody = server.client(stranger)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const second = await makeVirtualGateway(ec2Of(server, proposer), '10.1.0.0/16')
  const directConnectGatewayId = await makeGateway(owns)
  const proposalId = await propose(asks, directConnectGatewayId, owner, virtualGatewayId)
  await propose(asks, directConnectGatewayId, owner, second.virtualGatewayId)
  for (const party of [asks, owns, server.client(proposer, 'eu-west-1')]) {
    assert.equal((await seen(party, {})).length, 2)
    assert.equal((await seen(party, { directConnectGatewayId })).length, 2)
    assert.equal((await seen(party, { associatedGatewayId: virtualGatewayId })).length, 1)
    assert.equal((await seen(party, { proposalId, associatedGatewayId: second.virtualGatewayId })).length, 0)
    assert.equal((await seen(party, { proposalId: 'nothing' })).length, 0)
  }
  const page = await asks.send(new DescribeDirectConnectGatewayAssociationProposalsCommand({ maxResults: 1 }))
  const { nextToken } = page
  assert.ok(nextToken !== undefined)
  const rest = await asks.send(new DescribeDirectConnectGatewayAssociationProposalsCommand({ nextToken }))
  assert.equal(rest.directConnectGatewayAssociationProposals?.length, 1)

  assert.deepEqual(await seen(nobody, {}), [])
  assert.deepEqual(await seen(nobody, { proposalId }), [])
  await assert.rejects(withdraw(nobody, proposalId), refused(/is not found/))
  await assert.rejects(accept(nobody, directConnectGatewayId, proposalId), refused(/does not exist/))
  await assert.rejects(accept(asks, directConnectGatewayId, proposalId), refused(/does not exist/), 'the proposer')
  await assert.rejects(accept(owns, await makeGateway(owns), proposalId), refused(/is not found/), 'another gateway')
  await assert.rejects(
    accept(owns, directConnectGatewayId, proposalId, { associatedGatewayOwnerAccount: stranger }),
    refused(/is not found/),
  )
})

test('a proposal names a gateway with its owner, and a gateway of the proposer in the Region of the call', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const transitGatewayId = await makeTransitGateway(ec2Of(server, proposer), 64600)
  const gatewayId = await makeGateway(owns)
  const noGateway = refused(`Direct Connect Gateway ${gatewayId} does not exist.`)
  await assert.rejects(propose(asks, gatewayId, stranger, virtualGatewayId), noGateway)
  const missing = refused(`The VirtualGateway ${virtualGatewayId} does not exist.`)
  await assert.rejects(propose(server.client(stranger), gatewayId, owner, virtualGatewayId), missing)
  await assert.rejects(propose(server.client(proposer, 'eu-west-1'), gatewayId, owner, virtualGatewayId), missing)
  await assert.rejects(propose(asks, gatewayId, owner, transitGatewayId), refused(/is required for a transit gateway/))
  const proposalId = await propose(asks, gatewayId, owner, virtualGatewayId)
  await accept(owns, gatewayId, proposalId)
  const other = await makeGateway(owns)
  await assert.rejects(propose(asks, other, owner, virtualGatewayId), refused(/associated with another/))
})

test('a proposal is accepted in the Region of the proposed gateway, though Direct Connect gateways are global (Terraform issue 21608)', async () => {
  await using server = await startServer()
  const abroad = server.client(proposer, 'eu-west-1')
  const owns = server.client(owner)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer, 'eu-west-1'), '10.0.0.0/16')
  const transitGatewayId = await makeTransitGateway(ec2Of(server, proposer, 'eu-west-1'), 64600)
  const gatewayId = await makeGateway(owns)
  const virtual = await propose(abroad, gatewayId, owner, virtualGatewayId)
  await assert.rejects(
    accept(owns, gatewayId, virtual),
    refused(`The VirtualGateway ${virtualGatewayId} does not exist.`),
  )
  const association = await accept(server.client(owner, 'eu-west-1'), gatewayId, virtual)
  assert.equal(association?.virtualGatewayRegion, 'eu-west-1')
  assert.equal(association?.virtualGatewayOwnerAccount, proposer)

  const second = await makeGateway(owns)
  const transit = await propose(abroad, second, owner, transitGatewayId, '10.0.0.0/8')
  await assert.rejects(accept(owns, second, transit), refused(`The TransitGateway ${transitGatewayId} does not exist.`))
})

test('the rules of the Direct Connect gateway are held when a proposal is accepted', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const { virtualGatewayId, vpcId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const transitGatewayId = await makeTransitGateway(ec2Of(server, proposer), 64600)
  const own = await makeTransitGateway(ec2Of(server, owner), 64601)
  const [first, second] = [await makeGateway(owns), await makeGateway(owns, 64600)]
  await associate(owns, first, own, '10.0.0.0/16')
  const overlapping = await propose(asks, first, owner, transitGatewayId, '10.0.0.0/8')
  await assert.rejects(accept(owns, first, overlapping), refused(/overlaps existing/))
  await accept(owns, first, overlapping, {
    overrideAllowedPrefixesToDirectConnectGateway: prefixes('10.1.0.0/16'),
  })
  const sameAsn = await propose(asks, second, owner, transitGatewayId, '10.0.0.0/8')
  await assert.rejects(accept(owns, second, sameAsn), refused(/^The ASN 64600/))
  const mixed = await propose(asks, first, owner, virtualGatewayId)
  await assert.rejects(accept(owns, first, mixed), refused(/needs a gateway of its own/))
  const lost = await propose(asks, second, owner, virtualGatewayId)
  await ec2Of(server, proposer).send(new DetachVpnGatewayCommand({ VpcId: vpcId, VpnGatewayId: virtualGatewayId }))
  await assert.rejects(accept(owns, second, lost), refused(/is not attached to a VPC/))
})

test('of an association across accounts both see the attachment in EC2 and both may end it, but only one updates it', async () => {
  await using server = await startServer()
  const { asks, owns } = parties(server)
  const transitGatewayId = await makeTransitGateway(ec2Of(server, proposer), 64600)
  const gatewayId = await makeGateway(owns)
  const proposalId = await propose(asks, gatewayId, owner, transitGatewayId, '10.0.0.0/8')
  const { associationId } = (await accept(owns, gatewayId, proposalId)) ?? {}
  const Filters = [{ Name: 'resource-id', Values: [gatewayId] }]
  const attachments = async (account: string) => {
    const client = ec2Of(server, account)
    return (await client.send(new DescribeTransitGatewayAttachmentsCommand({ Filters }))).TransitGatewayAttachments
  }
  const [attachment, ...more] = (await attachments(owner)) ?? []
  assert.deepEqual(more, [])
  assert.deepEqual([attachment?.TransitGatewayOwnerId, attachment?.ResourceOwnerId], [proposer, owner])
  assert.deepEqual(await attachments(proposer), [attachment])
  assert.deepEqual((await attachments(stranger)) ?? [], [])

  await server.advance(1)
  const update = new UpdateDirectConnectGatewayAssociationCommand({ associationId })
  await assert.rejects(
    asks.send(update),
    refused(`Direct Connect Gateway Association ${associationId} does not exist.`),
  )
  await owns.send(update)
  await asks.send(new DeleteDirectConnectGatewayAssociationCommand({ associationId }))
  const [leaving] = await associationsSeen(owns, { associationId })
  assert.equal(leaving?.associationState, 'disassociating')
})

test('an account may propose to itself, as the AWS CLI has it in its example', async () => {
  await using server = await startServer()
  const { asks } = parties(server)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, proposer), '10.0.0.0/16')
  const gatewayId = await makeGateway(asks)
  const proposalId = await propose(asks, gatewayId, proposer, virtualGatewayId)
  assert.equal((await seen(asks, {})).length, 1)
  assert.equal((await accept(asks, gatewayId, proposalId))?.associationState, 'associating')
})

function parties(server: TestServer) {
  return { owns: server.client(owner), asks: server.client(proposer) }
}

async function seen(client: DirectConnectClient, filter: DescribeDirectConnectGatewayAssociationProposalsRequest) {
  const answer = await client.send(new DescribeDirectConnectGatewayAssociationProposalsCommand(filter))
  return answer.directConnectGatewayAssociationProposals ?? []
}

async function accept(
  client: DirectConnectClient,
  directConnectGatewayId: string,
  proposalId: string | undefined,
  facts: Partial<AcceptDirectConnectGatewayAssociationProposalRequest> = {},
) {
  const { directConnectGatewayAssociation } = await client.send(
    new AcceptDirectConnectGatewayAssociationProposalCommand({
      directConnectGatewayId,
      proposalId,
      associatedGatewayOwnerAccount: proposer,
      ...facts,
    }),
  )
  return directConnectGatewayAssociation
}

async function withdraw(client: DirectConnectClient, proposalId: string) {
  const command = new DeleteDirectConnectGatewayAssociationProposalCommand({ proposalId })
  return (await client.send(command)).directConnectGatewayAssociationProposal
}

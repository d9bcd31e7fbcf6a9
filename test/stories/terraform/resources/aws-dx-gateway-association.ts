import {
  AcceptDirectConnectGatewayAssociationProposalCommand,
  CreateDirectConnectGatewayAssociationCommand,
  CreateDirectConnectGatewayAssociationProposalCommand,
  DeleteDirectConnectGatewayAssociationCommand,
  DeleteDirectConnectGatewayAssociationProposalCommand,
  DescribeDirectConnectGatewayAssociationProposalsCommand,
  DescribeDirectConnectGatewayAssociationsCommand,
  type DescribeDirectConnectGatewayAssociationsRequest,
  type DirectConnectGatewayAssociation,
  type DirectConnectGatewayAssociationProposal,
  type RouteFilterPrefix,
  UpdateDirectConnectGatewayAssociationCommand,
} from '@aws-sdk/client-direct-connect'
import { DescribeTransitGatewayAttachmentsCommand } from '@aws-sdk/client-ec2'
import type { Resource, SeenBy, Start, Untagged } from '../../../tools/terraform.ts'
import {
  directConnectError,
  type Provider,
  pages,
  single,
  taken,
  unless,
  wait,
} from '../../../tools/terraform-provider.ts'
import { prefixesOf, sentPrefixes } from './aws-dx-virtual-interface.ts'

export async function findAssociation(
  { directConnect }: Provider,
  wanted: DescribeDirectConnectGatewayAssociationsRequest,
): Promise<DirectConnectGatewayAssociation | undefined> {
  const all = await pages(async (nextToken) => {
    const page = await directConnect.send(new DescribeDirectConnectGatewayAssociationsCommand({ ...wanted, nextToken }))
    return { items: page.directConnectGatewayAssociations ?? [], nextToken: page.nextToken ?? '' }
  })
  const association = single(all)
  return association?.associationState === 'disassociated' ? undefined : association
}

async function waitAssociated(provider: Provider, associationId: string, pending: string): Promise<void> {
  await wait(
    provider,
    { pending: [pending], target: ['associated'], timeoutMinutes: 30 },
    async () => (await findAssociation(provider, { associationId }))?.associationState,
  )
}

/** Exactly one, or the read fails. */
async function transitGatewayAttachmentId(provider: Provider, gatewayId: string, transitGatewayId: string) {
  const notFound = [{ code: 'InvalidTransitGatewayAttachmentID.NotFound' }]
  const answer = await unless(notFound, () =>
    provider.ec2.send(
      new DescribeTransitGatewayAttachmentsCommand({
        Filters: [
          { Name: 'resource-type', Values: ['direct-connect-gateway'] },
          { Name: 'resource-id', Values: [gatewayId] },
          { Name: 'transit-gateway-id', Values: [transitGatewayId] },
        ],
      }),
    ),
  )
  const attachment = single(answer?.TransitGatewayAttachments)
  if (attachment?.TransitGatewayAttachmentId === undefined)
    throw new Error('reading EC2 Transit Gateway Attachment: empty result')
  return attachment.TransitGatewayAttachmentId
}

interface AssociationConfig extends Untagged {
  readonly dx_gateway_id: string
  /** Of one's own gateway. */
  readonly associated_gateway_id?: string
  /** Of another account's: who it is, and what it proposed. */
  readonly associated_gateway_owner_account_id?: string
  readonly proposal_id?: string
  readonly allowed_prefixes?: ReadonlySet<string>
}

async function readAssociation(
  provider: Provider,
  _id: string,
  known: { readonly dx_gateway_association_id?: string },
) {
  const associationId = taken(known.dx_gateway_association_id)
  const association = await findAssociation(provider, { associationId })
  if (association === undefined) return undefined
  const { id = '', type = '', ownerAccount = '' } = taken(association.associatedGateway)
  const { directConnectGatewayId = '' } = association
  return {
    allowed_prefixes: prefixesOf(association.allowedPrefixesToDirectConnectGateway),
    associated_gateway_id: id,
    associated_gateway_owner_account_id: ownerAccount,
    associated_gateway_type: String(type),
    dx_gateway_association_id: association.associationId ?? '',
    dx_gateway_id: directConnectGatewayId,
    dx_gateway_owner_account_id: association.directConnectGatewayOwnerAccount ?? '',
    transit_gateway_attachment_id:
      type === 'transitGateway' ? await transitGatewayAttachmentId(provider, directConnectGatewayId, id) : '',
  }
}

type SeenAssociation = SeenBy<typeof readAssociation>

function started(association: DirectConnectGatewayAssociation | undefined): Start<SeenAssociation> {
  const { associationId, directConnectGatewayId, associatedGateway } = taken(association)
  return {
    id: `ga-${directConnectGatewayId}${taken(associatedGateway).id}`,
    known: { dx_gateway_association_id: taken(associationId) },
  }
}

function prefixList(member: string, prefixes: Iterable<string>) {
  const list = sentPrefixes(prefixes)
  return list.length === 0 ? {} : { [member]: list }
}

export const dxGatewayAssociation: Resource<AssociationConfig, SeenAssociation> = {
  type: 'aws_dx_gateway_association',
  defaults: {},
  async create(provider, config) {
    const { allowed_prefixes: prefixes = [] } = config
    const { directConnectGatewayAssociation: association } =
      config.proposal_id === undefined
        ? await provider.directConnect.send(
            new CreateDirectConnectGatewayAssociationCommand({
              directConnectGatewayId: config.dx_gateway_id,
              gatewayId: config.associated_gateway_id,
              ...prefixList('addAllowedPrefixesToDirectConnectGateway', prefixes),
            }),
          )
        : await provider.directConnect.send(
            new AcceptDirectConnectGatewayAssociationProposalCommand({
              associatedGatewayOwnerAccount: config.associated_gateway_owner_account_id,
              directConnectGatewayId: config.dx_gateway_id,
              proposalId: config.proposal_id,
              ...prefixList('overrideAllowedPrefixesToDirectConnectGateway', prefixes),
            }),
          )
    await waitAssociated(provider, taken(association?.associationId), 'associating')
    return started(association)
  },
  read: readAssociation,
  inPlace: ['allowed_prefixes', 'proposal_id'],
  async update(provider, _id, after, before) {
    const { dx_gateway_association_id: associationId } = before
    const wanted = after.allowed_prefixes
    const added = wanted.difference(before.allowed_prefixes)
    const removed = before.allowed_prefixes.difference(wanted)
    await provider.directConnect.send(
      new UpdateDirectConnectGatewayAssociationCommand({
        associationId,
        ...prefixList('addAllowedPrefixesToDirectConnectGateway', added),
        ...prefixList('removeAllowedPrefixesToDirectConnectGateway', removed),
      }),
    )
    await waitAssociated(provider, associationId, 'updating')
  },
  async delete(provider, _id, { dx_gateway_association_id: associationId }) {
    const command = new DeleteDirectConnectGatewayAssociationCommand({ associationId })
    await unless([directConnectError('does not exist')], () => provider.directConnect.send(command))
    await wait(
      provider,
      { pending: ['disassociating'], target: [], timeoutMinutes: 30 },
      async () => (await findAssociation(provider, { associationId }))?.associationState,
    )
  },
  async import(provider, named) {
    const [directConnectGatewayId, associatedGatewayId] = named.split('/')
    return started(await findAssociation(provider, { directConnectGatewayId, associatedGatewayId }))
  },
}

interface ProposalConfig extends Untagged {
  readonly dx_gateway_id: string
  readonly dx_gateway_owner_account_id: string
  readonly associated_gateway_id: string
  readonly allowed_prefixes?: ReadonlySet<string>
}

async function findProposal({ directConnect }: Provider, proposalId: string) {
  const all = await pages(async (nextToken) => {
    const page = await directConnect.send(
      new DescribeDirectConnectGatewayAssociationProposalsCommand({ proposalId, nextToken }),
    )
    return { items: page.directConnectGatewayAssociationProposals ?? [], nextToken: page.nextToken ?? '' }
  })
  const proposal = single(all)
  return proposal?.proposalState === 'deleted' || proposal?.associatedGateway === undefined ? undefined : proposal
}

/** Only a proposal that is still open is made anew for other prefixes. */
export async function proposalStateOf(provider: Provider, proposalId: string): Promise<string | undefined> {
  return (await findProposal(provider, proposalId))?.proposalState
}

/** Once the proposal is gone, the association that came of it stands in its place. */
async function readProposal(provider: Provider, id: string, known: Partial<ProposalConfig>) {
  const proposal = await findProposal(provider, id)
  if (proposal !== undefined) return shownProposal(proposal, proposal.requestedAllowedPrefixesToDirectConnectGateway)
  const { associated_gateway_id: associatedGatewayId, dx_gateway_id: directConnectGatewayId } = known
  if (associatedGatewayId === undefined) return undefined
  const association = await findAssociation(provider, { associatedGatewayId, directConnectGatewayId })
  return association && shownProposal(association, association.allowedPrefixesToDirectConnectGateway)
}

function shownProposal(
  found: DirectConnectGatewayAssociationProposal | DirectConnectGatewayAssociation,
  prefixes: readonly RouteFilterPrefix[] | undefined,
) {
  const gateway = taken(found.associatedGateway)
  return {
    allowed_prefixes: prefixesOf(prefixes),
    associated_gateway_id: gateway.id ?? '',
    associated_gateway_owner_account_id: gateway.ownerAccount ?? '',
    associated_gateway_type: String(gateway.type),
    dx_gateway_id: found.directConnectGatewayId ?? '',
    dx_gateway_owner_account_id: found.directConnectGatewayOwnerAccount ?? '',
  }
}

export const dxGatewayAssociationProposal: Resource<ProposalConfig, SeenBy<typeof readProposal>> = {
  type: 'aws_dx_gateway_association_proposal',
  defaults: {},
  async create({ directConnect }, config) {
    const { directConnectGatewayAssociationProposal: proposal } = await directConnect.send(
      new CreateDirectConnectGatewayAssociationProposalCommand({
        directConnectGatewayId: config.dx_gateway_id,
        directConnectGatewayOwnerAccount: config.dx_gateway_owner_account_id,
        gatewayId: config.associated_gateway_id,
        ...prefixList('addAllowedPrefixesToDirectConnectGateway', config.allowed_prefixes ?? []),
      }),
    )
    return { id: taken(taken(proposal).proposalId) }
  },
  read: readProposal,
  async delete(provider, proposalId) {
    const command = new DeleteDirectConnectGatewayAssociationProposalCommand({ proposalId })
    await unless([directConnectError('is not found')], () => provider.directConnect.send(command))
  },
  async import(_provider, named) {
    // Ids are taken for such as have no capitals.
    const [id = '', dx_gateway_id = '', associated_gateway_id = ''] = named.toLowerCase().split('/')
    return associated_gateway_id === '' ? { id } : { id, known: { dx_gateway_id, associated_gateway_id } }
  },
}

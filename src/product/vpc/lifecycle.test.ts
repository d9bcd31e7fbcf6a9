import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Lifecycle } from '../lifecycle.ts'
import {
  blockState,
  subnetState,
  transitGatewayState,
  transitGatewayVpcAttachmentState,
  vpcAttachmentState,
  vpcState,
  vpnGatewayState,
} from './lifecycle.ts'
import { vpcAttachmentSwitches } from './transit-gateway-vpc-attachment.ts'

const now = 1_000
const [past, future] = [now - 1, now + 1]

/** An example of every state that EC2's model lists; for any other, why none is. */
function exhaustive<State extends string, Facts>(
  what: string,
  lifecycle: Lifecycle<State, Facts>,
  none: NoInfer<Facts>,
  examples: Readonly<Record<State, Partial<NoInfer<Facts>>>>,
  never: Readonly<Record<string, string>> = {},
): void {
  for (const [state, facts] of Object.entries<Partial<Facts>>(examples))
    test(`${what} can be ${state}`, () => assert.equal(lifecycle.at({ ...none, ...facts }, undefined, now), state))
  for (const [state, why] of Object.entries(never)) test(`${what} is never ${state}: ${why}`, () => undefined)
}

const record = {
  id: 'x',
  createdAt: 0,
  ownerAccount: '111122223333',
  region: 'us-east-1',
  tags: [],
  availableAt: past,
  deletedAt: null,
}

exhaustive(
  'a VPC',
  vpcState,
  {
    ...record,
    blocks: [],
    tenancy: 'default',
    attributes: { enableDnsSupport: true, enableDnsHostnames: false, enableNetworkAddressUsageMetrics: false },
    dhcpOptionsId: '',
    networkAclId: '',
    securityGroupId: '',
  },
  { pending: { availableAt: future }, available: {} },
)

exhaustive(
  'a block of a VPC',
  blockState,
  { associationId: '', cidr: '', associatedAt: past, removeAskedAt: null, removedAt: null },
  {
    associating: { associatedAt: future },
    associated: {},
    disassociating: { removeAskedAt: past, removedAt: future },
    disassociated: { removeAskedAt: past, removedAt: past },
  },
  {
    failing: 'blocks come from no address pool that could refuse them',
    failed: 'blocks come from no address pool that could refuse them',
  },
)

exhaustive(
  'a subnet',
  subnetState,
  { ...record, vpcId: '', cidr: '', availabilityZone: '' },
  { pending: { availableAt: future }, available: {} },
)

exhaustive(
  'a virtual private gateway',
  vpnGatewayState,
  { ...record, amazonSideAsn: 64512, availabilityZone: null, attachment: null, deleteAskedAt: null },
  {
    pending: { availableAt: future },
    available: {},
    deleting: { deleteAskedAt: past, deletedAt: future },
    deleted: { deleteAskedAt: past, deletedAt: past },
  },
)

exhaustive(
  'the attachment of a VPC',
  vpcAttachmentState,
  { vpcId: '', attachedAt: past, detachAskedAt: null, detachedAt: null },
  {
    attaching: { attachedAt: future },
    attached: {},
    detaching: { detachAskedAt: past, detachedAt: future },
    detached: { detachAskedAt: past, detachedAt: past },
  },
)

exhaustive(
  'a transit gateway',
  transitGatewayState,
  {
    ...record,
    description: '',
    amazonSideAsn: 64512,
    switches: {
      AutoAcceptSharedAttachments: 'disable',
      DefaultRouteTableAssociation: 'enable',
      DefaultRouteTablePropagation: 'enable',
      VpnEcmpSupport: 'enable',
      DnsSupport: 'enable',
      SecurityGroupReferencingSupport: 'disable',
      MulticastSupport: 'disable',
    },
    cidrBlocks: [],
    associationRouteTableId: null,
    propagationRouteTableId: null,
    modifiedAt: null,
    deleteAskedAt: null,
  },
  {
    pending: { availableAt: future },
    available: { modifiedAt: past },
    modifying: { modifiedAt: future },
    deleting: { modifiedAt: future, deleteAskedAt: past, deletedAt: future },
    deleted: { deleteAskedAt: past, deletedAt: past },
  },
)

exhaustive(
  'the attachment of a VPC to a transit gateway',
  transitGatewayVpcAttachmentState,
  {
    ...record,
    transitGatewayId: '',
    vpcId: '',
    subnetIds: [],
    switches: vpcAttachmentSwitches,
    attachedAt: past,
    deleteAskedAt: null,
  },
  {
    pending: { attachedAt: future },
    available: {},
    deleting: { deleteAskedAt: past, deletedAt: future },
    deleted: { deleteAskedAt: past, deletedAt: past },
  },
  {
    initiating: 'it is of one account, which need not ask itself',
    initiatingRequest: 'it is of one account, which need not ask itself',
    pendingAcceptance: 'it is of one account, which need not accept',
    rejected: 'it is of one account, which need not accept',
    rejecting: 'it is of one account, which need not accept',
    modifying: 'no call modifies one',
    rollingBack: 'no call modifies one',
    failed: 'nothing is made in the subnets that could fail',
    failing: 'nothing is made in the subnets that could fail',
  },
)

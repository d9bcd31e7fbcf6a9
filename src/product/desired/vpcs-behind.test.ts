import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { firstPrefixes } from '../gateways/associations/allowed-prefixes.ts'
import type { Association } from '../gateways/associations/association.ts'
import { create } from '../operation.ts'
import { example } from '../virtual-interfaces/example.test-fixture.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { type TransitGatewayVpcAttachment, vpcAttachmentSwitches } from '../vpc/transit-gateway-vpc-attachment.ts'
import type { Vpc } from '../vpc/vpc.ts'
import { desiredFabric } from './desired-fabric.ts'

const now = 1_000
const [past, future] = [now - 1, now + 1]
const owned = { createdAt: 0, ownerAccount: '111122223333', region: 'us-east-1', tags: [], deletedAt: null }

const transit: VirtualInterface = {
  ...example,
  type: 'transit',
  virtualGatewayId: null,
  directConnectGatewayId: 'gateway',
  attachedAt: past,
}

const association: Association = {
  id: 'association',
  createdAt: 0,
  gatewayId: 'gateway',
  gatewayOwner: owned.ownerAccount,
  associated: { id: 'tgw-0', type: 'transitGateway', ownerAccount: owned.ownerAccount, region: owned.region },
  transitGatewayAttachmentId: 'tgw-attach-0',
  allowedPrefixes: firstPrefixes(['10.0.0.0/8'], past),
  associatedAt: past,
  updatedAt: null,
  disassociateAskedAt: null,
  disassociatedAt: null,
}

const vpc = (id: string, cidr: string): Vpc => ({
  ...owned,
  id,
  blocks: [{ associationId: '', cidr, associatedAt: past, removeAskedAt: null, removedAt: null }],
  tenancy: 'default',
  attributes: { enableDnsSupport: true, enableDnsHostnames: false, enableNetworkAddressUsageMetrics: false },
  dhcpOptionsId: '',
  networkAclId: '',
  securityGroupId: '',
  availableAt: past,
})

const attachment = (vpcId: string, facts: Partial<TransitGatewayVpcAttachment> = {}): TransitGatewayVpcAttachment => ({
  ...owned,
  id: `attachment of ${vpcId}`,
  transitGatewayId: 'tgw-0',
  vpcId,
  subnetIds: ['subnet-0'],
  switches: vpcAttachmentSwitches,
  attachedAt: past,
  deleteAskedAt: null,
  ...facts,
})

async function desiredWith(attachments: readonly TransitGatewayVpcAttachment[], vpcs: readonly Vpc[]) {
  const snapshot = snapshotAfter(
    [
      create('virtual-interface', transit),
      create('association', association),
      ...attachments.map((each) => create('transit-gateway-vpc-attachment', each)),
      ...vpcs.map((each) => create('vpc', each)),
    ],
    { now },
  )
  const { desired, changesAt } = await desiredFabric(snapshot)
  return { gateways: desired.gateways.map(({ id, vpcIds }) => ({ id, vpcIds })), vpcs: desired.vpcs, changesAt }
}

test('behind a transit gateway are the VPCs whose attachment is available, and their next change is waited for', async () => {
  const attachments = [
    attachment('vpc-1'),
    attachment('vpc-2'),
    attachment('vpc-3', { attachedAt: future }),
    attachment('vpc-4', { deleteAskedAt: past, deletedAt: future + 1 }),
    attachment('vpc-5', { deleteAskedAt: past, deletedAt: past }),
    attachment('vpc-6', { transitGatewayId: 'tgw-1' }),
  ]
  const vpcs = attachments.map(({ vpcId }, index) => vpc(vpcId, `10.${index}.0.0/16`))
  assert.deepEqual(await desiredWith(attachments, vpcs), {
    gateways: [{ id: 'gateway 111122223333', vpcIds: ['vpc-1', 'vpc-2'] }],
    vpcs: [
      { id: 'vpc-1', region: 'us-east-1', cidrs: ['10.0.0.0/16'] },
      { id: 'vpc-2', region: 'us-east-1', cidrs: ['10.1.0.0/16'] },
    ],
    changesAt: future,
  })
})

test('of VPCs with overlapping blocks the one that was attached first is behind the transit gateway', async () => {
  const attachments = ['vpc-1', 'vpc-2', 'vpc-3'].map((id, createdAt) => attachment(id, { createdAt }))
  const vpcs = [vpc('vpc-1', '10.0.0.0/17'), vpc('vpc-2', '10.0.0.0/16'), vpc('vpc-3', '10.1.0.0/16')]
  const { gateways, vpcs: shown } = await desiredWith(attachments, vpcs)
  assert.deepEqual(gateways[0]?.vpcIds, ['vpc-1', 'vpc-3'])
  assert.deepEqual(
    shown.map(({ id }) => id),
    ['vpc-1', 'vpc-3'],
  )
})

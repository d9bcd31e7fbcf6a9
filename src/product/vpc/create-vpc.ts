import { showCidr } from '../addresses/cidr.ts'
import { type Change, create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { invalid } from './faults.ts'
import { ownerOf } from './nouns.ts'
import type { RouteTable } from './route-table.ts'
import { checkedBlock, checkQuota, drawIpv6Block, required } from './rules.ts'
import { showVpc } from './show.ts'
import { type TagSpecification, tagsFor } from './tags.ts'
import { tenancies, type Vpc } from './vpc.ts'

export interface CreateVpcInput {
  readonly CidrBlock?: string | undefined
  readonly AmazonProvidedIpv6CidrBlock?: boolean | undefined
  readonly InstanceTenancy?: string | undefined
  readonly TagSpecification?: readonly TagSpecification[] | undefined
}

/** A VPC comes with its main route table, and with the default network ACL and security group that EC2 makes. */
export async function CreateVpc(
  snapshot: Snapshot,
  input: CreateVpcInput,
): Promise<Decision<{ readonly vpc: ReturnType<typeof showVpc> }>> {
  const { now, caller, settings } = snapshot
  const block = checkedBlock(required(input.CidrBlock, 'cidrBlock'))
  const tenancy = tenancies.find((known) => known === (input.InstanceTenancy ?? 'default'))
  if (tenancy === undefined)
    throw invalid('instanceTenancy', input.InstanceTenancy ?? '', `It must be one of ${tenancies.join(', ')}.`)
  const present = await snapshot.list('vpc', 'owner', ownerOf(snapshot))
  await checkQuota(snapshot, 'vpcsPerRegion', present.length, 'VpcLimitExceeded', 'VPCs')

  const vpc: Vpc = {
    id: snapshot.id('vpc'),
    createdAt: now,
    ownerAccount: caller.accountId,
    region: caller.region,
    blocks: [
      newBlock(snapshot, showCidr(block), now),
      ...(input.AmazonProvidedIpv6CidrBlock === true
        ? [newBlock(snapshot, drawIpv6Block(snapshot), now + settings.timing.provision)]
        : []),
    ],
    tenancy,
    attributes: { enableDnsSupport: true, enableDnsHostnames: false, enableNetworkAddressUsageMetrics: false },
    dhcpOptionsId: snapshot.id('dopt'),
    networkAclId: snapshot.id('acl'),
    securityGroupId: snapshot.id('sg'),
    tags: tagsFor('vpc', input.TagSpecification),
    availableAt: now + settings.timing.provision,
    deletedAt: null,
  }
  return {
    changes: [create('vpc', vpc), mainTable(snapshot, vpc)],
    show: () => ({ vpc: showVpc(vpc, now) }),
  }
}

export function newBlock(snapshot: Snapshot, cidr: string, associatedAt: number): Vpc['blocks'][number] {
  return { associationId: snapshot.id('vpc-cidr-assoc'), cidr, associatedAt, removeAskedAt: null, removedAt: null }
}

function mainTable(snapshot: Snapshot, vpc: Vpc): Change {
  const table: RouteTable = {
    id: snapshot.id('rtb'),
    createdAt: vpc.createdAt,
    ownerAccount: vpc.ownerAccount,
    region: vpc.region,
    vpcId: vpc.id,
    mainAssociationId: snapshot.id('rtbassoc'),
    propagating: [],
    tags: [],
    clientToken: null,
    deletedAt: null,
  }
  return create('route-table', table)
}

import { quote } from '../../contract/quote.ts'
import { contains, networkOf, overlaps, parseCidr, showCidr } from '../addresses/cidr.ts'
import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { invalid, refuse } from './faults.ts'
import { own, vpcs } from './nouns.ts'
import { cidrsOf, required } from './rules.ts'
import { showSubnet } from './show.ts'
import type { Subnet } from './subnet.ts'
import { type TagSpecification, tagsFor } from './tags.ts'
import type { Vpc } from './vpc.ts'
import { zonesOf } from './zones.ts'

export interface CreateSubnetInput {
  readonly VpcId: string
  readonly CidrBlock?: string | undefined
  readonly AvailabilityZone?: string | undefined
  readonly TagSpecification?: readonly TagSpecification[] | undefined
}

/** @source Amazon VPC quotas, "Subnets per VPC" */
const mostSubnets = 200

export async function CreateSubnet(
  snapshot: Snapshot,
  input: CreateSubnetInput,
): Promise<Decision<{ readonly subnet: ReturnType<typeof showSubnet> }>> {
  const { now, caller, settings } = snapshot
  const vpc = await own(snapshot, vpcs, input.VpcId)
  const present = await snapshot.list('subnet', 'vpc', vpc.id)
  const subnet: Subnet = {
    id: snapshot.id('subnet'),
    createdAt: now,
    ownerAccount: caller.accountId,
    region: caller.region,
    vpcId: vpc.id,
    cidr: checkedSubnet(required(input.CidrBlock, 'cidrBlock'), vpc, present, now),
    availabilityZone: checkedZone(input.AvailabilityZone, caller.region),
    tags: tagsFor('subnet', input.TagSpecification),
    availableAt: now + settings.timing.provision,
    deletedAt: null,
  }
  if (present.length >= mostSubnets)
    throw refuse('SubnetLimitExceeded', 'The maximum number of subnets has been reached.')
  return {
    changes: [create('subnet', subnet)],
    show: () => ({ subnet: showSubnet(subnet, now) }),
  }
}

/**
 * A subnet has /16 to /28, lies within one block of its VPC, and overlaps no other subnet. Host bits are cleared.
 * @source EC2's model, CreateSubnet; the texts: issues of its clients
 */
function checkedSubnet(text: string, vpc: Vpc, present: readonly Subnet[], now: number): string {
  const cidr = parseCidr(text)
  if (cidr === undefined || cidr.family !== 'ipv4') throw invalid('cidrBlock', text, 'This is not a valid CIDR block.')
  const blocks = cidrsOf(vpc, now).flatMap((block) => parseCidr(block) ?? [])
  if (cidr.length < 16 || cidr.length > 28 || !blocks.some((block) => contains(block, cidr)))
    throw refuse('InvalidSubnet.Range', `The CIDR ${quote(text)} is invalid.`)
  const others = present.flatMap((subnet) => parseCidr(subnet.cidr) ?? [])
  if (others.some((other) => overlaps(other, cidr)))
    throw refuse('InvalidSubnet.Conflict', `The CIDR ${quote(text)} conflicts with another subnet`)
  return showCidr(networkOf(cidr))
}

function checkedZone(asked: string | undefined, region: string): string {
  const zones = zonesOf(region).map(({ name }) => name)
  const zone = zones.find((known) => known === (asked ?? zones[0]))
  if (zone === undefined)
    throw invalid(
      'availabilityZone',
      asked ?? '',
      `Subnets can currently only be created in the following availability zones: ${zones.join(', ')}.`,
    )
  return zone
}

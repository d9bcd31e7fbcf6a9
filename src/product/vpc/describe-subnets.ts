import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { subnetState } from './lifecycle.ts'
import { ownAll, subnets } from './nouns.ts'
import { type PageInput, pageOf } from './pages.ts'
import { addressesIn, showSubnet, subnetArn } from './show.ts'
import type { Subnet } from './subnet.ts'

export interface DescribeSubnetsInput extends PageInput {
  readonly SubnetId?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

export async function DescribeSubnets(
  snapshot: Snapshot,
  input: DescribeSubnetsInput,
): Promise<
  Decision<{ readonly subnetSet: readonly ReturnType<typeof showSubnet>[]; readonly nextToken: string | undefined }>
> {
  const { now } = snapshot
  const found = selected(await ownAll(snapshot, subnets, input.SubnetId), input.Filter, fields(now))
  const { records, nextToken } = pageOf(snapshot, 'subnets', found, input)
  return answer({ subnetSet: records.map((subnet) => showSubnet(subnet, now)), nextToken })
}

function fields(now: number): Fields<Subnet> {
  const no = () => false
  const zone = (subnet: Subnet) => subnet.availabilityZone
  const cidr = (subnet: Subnet) => subnet.cidr
  return {
    'subnet-id': (subnet) => subnet.id,
    'subnet-arn': subnetArn,
    'vpc-id': (subnet) => subnet.vpcId,
    'owner-id': (subnet) => subnet.ownerAccount,
    state: (subnet) => subnetState.at(subnet, undefined, now),
    'availability-zone': zone,
    availabilityZone: zone,
    'cidr-block': cidr,
    cidrBlock: cidr,
    cidr,
    'available-ip-address-count': addressesIn,
    'default-for-az': no,
    defaultForAz: no,
    'map-public-ip-on-launch': no,
  }
}

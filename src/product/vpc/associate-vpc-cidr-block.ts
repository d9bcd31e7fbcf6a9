import { showCidr } from '../addresses/cidr.ts'
import { blocksBeside } from '../gateways/associations/vpc-blocks.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { newBlock } from './create-vpc.ts'
import { faults, refuse } from './faults.ts'
import { own, vpcs } from './nouns.ts'
import { checkedBlock, checkFurtherBlock, checkOverlap, cidrsOf, drawIpv6Block } from './rules.ts'
import { showBlock } from './show.ts'

export interface AssociateVpcCidrBlockInput {
  readonly VpcId: string
  readonly CidrBlock?: string | undefined
  readonly AmazonProvidedIpv6CidrBlock?: boolean | undefined
}

export async function AssociateVpcCidrBlock(
  snapshot: Snapshot,
  input: AssociateVpcCidrBlockInput,
): Promise<Decision<{ readonly vpcId: string } & ReturnType<typeof showBlock>>> {
  const { now, settings } = snapshot
  const vpc = await own(snapshot, vpcs, input.VpcId)
  const ipv6 = input.AmazonProvidedIpv6CidrBlock === true
  if (ipv6 && input.CidrBlock !== undefined)
    throw refuse('InvalidParameterCombination', 'Only one of cidrBlock and amazonProvidedIpv6CidrBlock may be given')
  const present = cidrsOf(vpc, now)
  if (ipv6 && present.some((cidr) => cidr.includes(':')))
    throw refuse('CidrLimitExceeded', `This network '${vpc.id}' has met its maximum number of allowed IPv6 CIDRs: 1`)
  const asked = input.CidrBlock === undefined ? undefined : checkedBlock(input.CidrBlock)
  if (asked !== undefined) {
    checkFurtherBlock(vpc, asked, now)
    checkOverlap(asked, await blocksBeside(snapshot, vpc))
  } else if (!ipv6) throw faults.missing('cidrBlock')

  const cidr = asked === undefined ? drawIpv6Block(snapshot) : showCidr(asked)
  const block = newBlock(snapshot, cidr, now + settings.timing.provision)
  return {
    changes: [save('vpc', { ...vpc, blocks: [...vpc.blocks, block] })],
    show: () => ({ vpcId: vpc.id, ...showBlock(block, now) }),
  }
}

import { quote } from '../../contract/quote.ts'
import { contains, parseCidr } from '../addresses/cidr.ts'
import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { refuse } from './faults.ts'
import { ownAll, vpcs } from './nouns.ts'
import { showBlock } from './show.ts'

/** The primary block of a VPC stays as long as the VPC, any other as long as a subnet lies within it. */
export async function DisassociateVpcCidrBlock(
  snapshot: Snapshot,
  input: { readonly AssociationId: string },
): Promise<Decision<{ readonly vpcId: string } & ReturnType<typeof showBlock>>> {
  const { now, settings } = snapshot
  const id = input.AssociationId
  const mine = await ownAll(snapshot, vpcs, undefined)
  const vpc = mine.find(({ blocks }) => blocks.some((b) => b.associationId === id && !reached(b.removeAskedAt, now)))
  const block = vpc?.blocks.find((b) => b.associationId === id)
  if (vpc === undefined || block === undefined)
    throw refuse(
      'InvalidVpcCidrBlockAssociationID.NotFound',
      `The vpc CIDR block association ID ${quote(id)} does not exist`,
    )
  if (block === vpc.blocks[0])
    throw refuse(
      'OperationNotPermitted',
      `The vpc CIDR block with association ID ${id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
    )
  const [within, subnets] = [parseCidr(block.cidr), await snapshot.list('subnet', 'vpc', vpc.id)]
  const held = subnets.flatMap(({ cidr }) => parseCidr(cidr) ?? [])
  if (within !== undefined && held.some((cidr) => contains(within, cidr)))
    throw refuse(
      'DependencyViolation',
      `The vpc CIDR block with association ID ${id} has dependencies and cannot be disassociated.`,
    )
  const leaving = { ...block, removeAskedAt: now, removedAt: now + settings.timing.delete }
  const blocks = vpc.blocks.filter((b) => !reached(b.removedAt, now)).map((b) => (b === block ? leaving : b))
  return {
    changes: [save('vpc', { ...vpc, blocks })],
    show: () => ({ vpcId: vpc.id, ...showBlock(leaving, now) }),
  }
}

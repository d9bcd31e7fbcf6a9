import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import { own, subnets } from './nouns.ts'

/** Not while a transit gateway is attached in it; it goes at once. */
export async function DeleteSubnet(
  snapshot: Snapshot,
  input: { readonly SubnetId: string },
): Promise<Decision<{ readonly return: true }>> {
  const { now } = snapshot
  const subnet = await own(snapshot, subnets, input.SubnetId)
  const attachments = await snapshot.list('transit-gateway-vpc-attachment', 'subnet', subnet.id)
  if (attachments.some((attachment) => !reached(attachment.deletedAt, now))) throw faults.subnetInUse(subnet.id)
  return {
    changes: [save('subnet', { ...subnet, deletedAt: now })],
    show: () => ({ return: true }),
  }
}

import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import { own, vpcs } from './nouns.ts'
import { attachedVpc } from './rules.ts'

/** Only a VPC with no gateway, no subnet and no route table but its main one can go; it goes at once. */
export async function DeleteVpc(
  snapshot: Snapshot,
  input: { readonly VpcId: string },
): Promise<Decision<{ readonly return: true }>> {
  const { now } = snapshot
  const vpc = await own(snapshot, vpcs, input.VpcId)
  const gateways = await snapshot.list('vpn-gateway', 'vpc', vpc.id)
  if (gateways.some((gateway) => attachedVpc(gateway, now) === vpc.id)) throw faults.vpcInUse(vpc.id)
  const inside = await snapshot.list('subnet', 'vpc', vpc.id)
  if (inside.some((subnet) => !reached(subnet.deletedAt, now))) throw faults.vpcInUse(vpc.id)
  const tables = (await snapshot.list('route-table', 'vpc', vpc.id)).filter((table) => !reached(table.deletedAt, now))
  if (tables.some((table) => table.mainAssociationId === null)) throw faults.vpcInUse(vpc.id)
  return {
    changes: [
      save('vpc', { ...vpc, deletedAt: now }),
      ...tables.map((table) => save('route-table', { ...table, deletedAt: now })),
    ],
    show: () => ({ return: true }),
  }
}

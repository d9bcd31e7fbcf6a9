import type { Snapshot } from '../../snapshot.ts'
import { attachedVpc, cidrsOf } from '../../vpc/rules.ts'
import type { Vpc } from '../../vpc/vpc.ts'
import { type Association, live } from './association.ts'

/** The blocks of the VPCs that some associations lead to. */
export async function blocksBehind(
  snapshot: Snapshot,
  associations: readonly Association[],
): Promise<readonly string[]> {
  const { now } = snapshot
  const gateways = await snapshot.getAll(
    'vpn-gateway',
    associations.map(({ associated }) => associated.id),
  )
  const vpcs = await snapshot.getAll(
    'vpc',
    gateways.flatMap((gateway) => attachedVpc(gateway, now) ?? []),
  )
  return vpcs.flatMap((vpc) => cidrsOf(vpc, now))
}

/** The blocks of all other VPCs behind the Direct Connect gateway that a VPC is behind; none if it is behind none. */
export async function blocksBeside(snapshot: Snapshot, vpc: Vpc): Promise<readonly string[]> {
  const { now } = snapshot
  const own = (await snapshot.list('vpn-gateway', 'vpc', vpc.id)).filter(
    (gateway) => attachedVpc(gateway, now) === vpc.id,
  )
  const associations = await snapshot.list(
    'association',
    'associated',
    own.map(({ id }) => id),
  )
  const beside = await snapshot.list(
    'association',
    'gateway',
    live(associations, now).map(({ gatewayId }) => gatewayId),
  )
  return blocksBehind(
    snapshot,
    live(beside, now).filter(({ associated }) => !own.some(({ id }) => id === associated.id)),
  )
}

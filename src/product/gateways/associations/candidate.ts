import { faults, refuse } from '../../fault.ts'
import { reached } from '../../lifecycle.ts'
import type { Snapshot } from '../../snapshot.ts'
import { transitGatewayFor, virtualGatewayFor } from '../../vpc/gateway-named.ts'
import { attachedVpc, cidrsOf } from '../../vpc/rules.ts'
import type { VpnGateway } from '../../vpc/vpn-gateway.ts'
import type { AssociatedGateway } from './association.ts'

/** A gateway that is to be associated, with what the rules look at. */
export interface Candidate {
  readonly associated: AssociatedGateway
  /** Of a transit gateway; null: of no concern, or EC2 is kept elsewhere. */
  readonly amazonSideAsn: number | null
  /** The blocks of the VPC behind a virtual private gateway; none where EC2 is kept elsewhere. */
  readonly vpcBlocks: readonly string[]
}

/**
 * The caller's virtual private gateway or transit gateway of that id, in the Region of the call.
 * @source behaviour catalogue A.4, E.5
 */
export async function ownCandidate(snapshot: Snapshot, id: string): Promise<Candidate> {
  const { accountId: ownerAccount, region } = snapshot.caller
  if (id.startsWith('tgw-')) {
    const { record } = await transitGatewayFor(snapshot, id)
    return {
      associated: { id, type: 'transitGateway', ownerAccount, region },
      amazonSideAsn: record?.amazonSideAsn ?? null,
      vpcBlocks: [],
    }
  }
  const { record } = await virtualGatewayFor(snapshot, id)
  return {
    associated: { id, type: 'virtualPrivateGateway', ownerAccount, region },
    amazonSideAsn: null,
    vpcBlocks: record === null ? [] : await blocksBehind(snapshot, record),
  }
}

/** What another account proposed, as that account would find it now; the Region of the call has to be the same. */
export async function proposedCandidate(snapshot: Snapshot, associated: AssociatedGateway): Promise<Candidate> {
  const { id, type, ownerAccount, region } = associated
  if (region !== snapshot.caller.region)
    throw type === 'transitGateway' ? faults.transitGatewayNotFound(id) : faults.virtualGatewayNotFound(id)
  return ownCandidate({ ...snapshot, caller: { accountId: ownerAccount, region } }, id)
}

/** @source behaviour catalogue E.5 */
async function blocksBehind(snapshot: Snapshot, gateway: VpnGateway): Promise<readonly string[]> {
  const vpcId = attachedVpc(gateway, snapshot.now)
  const vpc = vpcId === null ? undefined : await snapshot.get('vpc', vpcId)
  if (vpc === undefined || reached(gateway.attachment?.detachAskedAt ?? null, snapshot.now))
    throw refuse(`The VirtualGateway ${gateway.id} is not attached to a VPC.`)
  return cidrsOf(vpc, snapshot.now)
}

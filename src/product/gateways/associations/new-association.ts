import type { Snapshot } from '../../snapshot.ts'
import type { Gateway } from '../gateway.ts'
import { firstPrefixes } from './allowed-prefixes.ts'
import type { Association } from './association.ts'
import type { Candidate } from './candidate.ts'
import { checkNewAssociation } from './rules.ts'

/** An association that is coming about, with what was agreed to and passes the rules. */
export async function newAssociation(
  snapshot: Snapshot,
  gateway: Gateway,
  candidate: Candidate,
  prefixes: readonly string[],
): Promise<Association> {
  await checkNewAssociation(snapshot, gateway, candidate, prefixes)
  const { associated } = candidate
  const associatedAt = snapshot.now + snapshot.settings.timing.associate
  return {
    id: snapshot.uuid(),
    createdAt: snapshot.now,
    gatewayId: gateway.id,
    gatewayOwner: gateway.ownerAccount,
    associated,
    transitGatewayAttachmentId: associated.type === 'transitGateway' ? snapshot.id('tgw-attach') : null,
    allowedPrefixes: firstPrefixes(prefixes, associatedAt),
    associatedAt,
    updatedAt: null,
    disassociateAskedAt: null,
    disassociatedAt: null,
  }
}

import { reached } from '../../lifecycle.ts'
import { type Change, save } from '../../operation.ts'
import type { Snapshot } from '../../snapshot.ts'
import { type Association, live } from './association.ts'

/** The association on its way out; the same one if it is on it already. */
export function ended(association: Association, { now, settings }: Pick<Snapshot, 'now' | 'settings'>): Association {
  if (reached(association.disassociateAskedAt, now)) return association
  return { ...association, disassociateAskedAt: now, disassociatedAt: now + settings.timing.delete }
}

/** The associations of a virtual private gateway or transit gateway that have not ended. */
export async function associationsOf(snapshot: Snapshot, associatedId: string): Promise<readonly Association[]> {
  return live(await snapshot.list('association', 'associated', associatedId), snapshot.now)
}

/** What becomes of a virtual private gateway's association when it loses its VPC. @source behaviour catalogue B.5 */
export async function endedByDetaching(snapshot: Snapshot, virtualGatewayId: string): Promise<readonly Change[]> {
  const associations = await associationsOf(snapshot, virtualGatewayId)
  return associations.map((association) => save('association', ended(association, snapshot)))
}

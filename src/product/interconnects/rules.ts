import { accountOf } from '../accounts/account.ts'
import type { Connection } from '../connections/connection.ts'
import { knownConnection } from '../connections/rules.ts'
import { faults, refuse } from '../fault.ts'
import { interconnectSpeeds } from '../inventory/speeds.ts'
import type { Snapshot } from '../snapshot.ts'

/** The caller's own interconnect in the Region of the call; anything else looks as if it did not exist. */
export async function ownInterconnect(snapshot: Snapshot, id: string): Promise<Connection> {
  const connection = await knownConnection(snapshot, id)
  if (connection?.role !== 'interconnect' || connection.ownerAccount !== snapshot.caller.accountId)
    throw faults.interconnectNotFound(id)
  return connection
}

/** @source behaviour catalogue A.1 CreateInterconnect, G.6 */
export async function checkPartner(snapshot: Snapshot): Promise<void> {
  const { accountId } = snapshot.caller
  const { accountKind } = await accountOf(snapshot, accountId)
  if (accountKind !== 'partner')
    throw refuse(`Account ${accountId} is not a Direct Connect Partner: it cannot create interconnects`)
}

/** @source behaviour catalogue C.4 */
export function checkInterconnectSpeed(bandwidth: string): void {
  if (!interconnectSpeeds.includes(bandwidth))
    throw refuse(
      `Invalid interface speed: ${bandwidth.slice(0, 32)}; that of an interconnect is one of ${interconnectSpeeds.join(', ')}`,
    )
}

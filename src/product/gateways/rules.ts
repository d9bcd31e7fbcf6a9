import { faults, refuse } from '../fault.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Gateway, gatewayState } from './gateway.ts'

export const defaultAmazonSideAsn = 64512

/**
 * Our side of a gateway speaks with a private ASN of 16 or of 32 bits.
 * @source behaviour catalogue C.4
 */
export function checkAmazonSideAsn(asn: number): number {
  const isPrivate = (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294)
  if (!isPrivate)
    throw refuse(
      `Invalid value ${asn} for amazonSideAsn: it must be in the range 64512 to 65534 or 4200000000 to 4294967294`,
    )
  return asn
}

/** The caller's own gateway, which may be on its way out; another account's looks as if it did not exist. */
export async function ownGateway(snapshot: Snapshot, id: string): Promise<Gateway> {
  const gateway = await snapshot.get('gateway', id)
  if (
    gateway?.ownerAccount !== snapshot.caller.accountId ||
    gatewayState.at(gateway, undefined, snapshot.now) === 'deleted'
  )
    throw faults.gatewayNotFound(id)
  return gateway
}

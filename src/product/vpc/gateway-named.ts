import { type Fault, faults } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import type { TransitGateway } from './transit-gateway.ts'
import type { VpnGateway } from './vpn-gateway.ts'

/** What a call of Direct Connect names by the id of an EC2 gateway; the record is null where EC2 is kept elsewhere. */
export interface NamedGateway<R> {
  readonly id: string
  readonly record: R | null
}

/**
 * The caller's virtual private gateway of that id, in the Region of the call. With `--external-gateways accept` any
 * well-formed id that is of no gateway here will do.
 * @source behaviour catalogue A.2: the text; A.4: the Region
 */
export async function virtualGatewayFor(snapshot: Snapshot, id: string): Promise<NamedGateway<VpnGateway>> {
  const record = isGatewayId('vgw', id) ? await snapshot.get('vpn-gateway', id) : undefined
  return named(snapshot, id, 'vgw', record, faults.virtualGatewayNotFound(id))
}

/** As `virtualGatewayFor`, for a transit gateway. */
export async function transitGatewayFor(snapshot: Snapshot, id: string): Promise<NamedGateway<TransitGateway>> {
  const record = isGatewayId('tgw', id) ? await snapshot.get('transit-gateway', id) : undefined
  return named(snapshot, id, 'tgw', record, faults.transitGatewayNotFound(id))
}

function named<R extends VpnGateway | TransitGateway>(
  { caller, settings, now }: Snapshot,
  id: string,
  prefix: 'vgw' | 'tgw',
  record: R | undefined,
  notFound: Fault,
): NamedGateway<R> {
  if (
    record?.ownerAccount === caller.accountId &&
    record.region === caller.region &&
    !reached(record.deleteAskedAt, now)
  )
    return { id, record }
  if (settings.externalGateways && record === undefined && isGatewayId(prefix, id)) return { id, record: null }
  throw notFound
}

/** Eight hexadecimal digits, as ids once had, or 17. */
function isGatewayId(prefix: 'vgw' | 'tgw', id: string): boolean {
  return new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id)
}

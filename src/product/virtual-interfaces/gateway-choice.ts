import { accountOf, quotaOf } from '../accounts/account.ts'
import { publicAsn, virtualGatewayAsn } from '../bgp/asn.ts'
import { refuse } from '../fault.ts'
import { checkVirtualInterfaceType } from '../gateways/associations/rules.ts'
import { ownGateway } from '../gateways/rules.ts'
import { type Instant, reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import { virtualGatewayFor } from '../vpc/gateway-named.ts'
import { alive } from './carrier.ts'
import { types } from './types.ts'
import type { VirtualInterface, VirtualInterfaceType } from './virtual-interface.ts'

export interface GatewayInput {
  readonly virtualGatewayId?: string | undefined
  readonly directConnectGatewayId?: string | undefined
}

/** Where a virtual interface ends on our side, as its record keeps it. */
export type Attachment = Pick<
  VirtualInterface,
  'virtualGatewayId' | 'directConnectGatewayId' | 'amazonSideAsn' | 'attachedAt'
>

export interface GatewayChoice {
  readonly attachment: Attachment
  /** What ends at the Direct Connect gateway already. */
  readonly siblings: readonly VirtualInterface[]
}

/** At no gateway: what is public, and what its owner has not confirmed. */
export const unattached: Attachment = {
  virtualGatewayId: null,
  directConnectGatewayId: null,
  amazonSideAsn: publicAsn,
  attachedAt: null,
}

/**
 * The gateway that the caller chooses for a virtual interface of a type: its own.
 * @source behaviour catalogue A.1, A.4, E.5
 */
export async function chosenGateway(
  snapshot: Snapshot,
  type: VirtualInterfaceType,
  input: GatewayInput,
): Promise<GatewayChoice> {
  const { gateway } = types[type]
  if (gateway === 'none') return { attachment: unattached, siblings: [] }
  const virtual = gateway === 'either' ? given(input.virtualGatewayId) : undefined
  const direct = given(input.directConnectGatewayId)
  if (virtual !== undefined && direct !== undefined)
    throw refuse('Only one of virtualGatewayId and directConnectGatewayId can be given')
  if (direct !== undefined) return directConnectGateway(snapshot, type, direct)
  if (virtual !== undefined) return virtualGateway(snapshot, virtual)
  throw refuse(
    gateway === 'either'
      ? 'Field virtualGatewayId or directConnectGatewayId is required'
      : 'Field directConnectGatewayId is required',
  )
}

function given(id: string | undefined): string | undefined {
  return id === '' ? undefined : id
}

/**
 * The caller's own virtual private gateway. An account that keeps none in the Region here keeps them elsewhere: then any
 * well-formed id will do, as it does for everybody with `--external-gateways accept`.
 * @source design, section 8; behaviour catalogue A.2, C.4
 */
async function virtualGateway(snapshot: Snapshot, id: string): Promise<GatewayChoice> {
  const { caller } = snapshot
  if (!/^vgw-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id))
    throw refuse(`The VirtualGateway ${id.slice(0, 64)} does not exist.`)
  const known = await snapshot.get('vpn-gateway', id)
  const kept = await snapshot.list('vpn-gateway', 'owner', `${caller.accountId} ${caller.region}`, { limit: 1 })
  const elsewhere = known === undefined && kept.length === 0
  const record = elsewhere ? null : (await virtualGatewayFor(snapshot, id)).record
  const amazonSideAsn = record?.amazonSideAsn ?? virtualGatewayAsn
  return { attachment: { ...unattached, virtualGatewayId: id, amazonSideAsn }, siblings: [] }
}

async function directConnectGateway(
  snapshot: Snapshot,
  type: VirtualInterfaceType,
  id: string,
): Promise<GatewayChoice> {
  const { now, caller, settings } = snapshot
  const gateway = await ownGateway(snapshot, id)
  if (reached(gateway.deleteAskedAt, now)) throw refuse(`Direct Connect Gateway ${id} is being deleted`)
  await checkVirtualInterfaceType(snapshot, gateway, type)
  const siblings = alive(await snapshot.list('virtual-interface', 'gateway', id), now)
  const other = siblings.find((sibling) => sibling.type !== type)
  if (other !== undefined)
    throw refuse(
      `Direct Connect Gateway ${id} has ${other.type} virtual interfaces: ${type} ones need a gateway of their own`,
    )
  const quota = quotaOf(snapshot, await accountOf(snapshot, caller.accountId), 'virtualInterfacesPerGateway')
  if (siblings.length >= quota)
    throw refuse(`You have reached the limit of ${quota} virtual interfaces on Direct Connect Gateway ${id}`)
  const attachedAt: Instant = now + settings.timing.associate
  return {
    attachment: {
      virtualGatewayId: null,
      directConnectGatewayId: id,
      amazonSideAsn: gateway.amazonSideAsn,
      attachedAt,
    },
    siblings,
  }
}

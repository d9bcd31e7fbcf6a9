import { accountOf, quotaOf } from '../accounts/account.ts'
import { vlanScope } from '../connections/connection.ts'
import { faults, refuse } from '../fault.ts'
import { checkFreeVlan } from '../hosted/rules.ts'
import { reached } from '../lifecycle.ts'
import type { QuotaName } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import { type Carrier, carried } from './carrier.ts'
import type { Attachment } from './gateway-choice.ts'
import { virtualInterfaceState } from './lifecycle.ts'
import { types } from './types.ts'
import {
  type VirtualInterface,
  type VirtualInterfaceState,
  type VirtualInterfaceType,
  virtualInterfaceKind,
} from './virtual-interface.ts'

/**
 * A VLAN is one virtual interface's alone; on a hosted connection it is the connection's.
 * @source behaviour catalogue C.4; design, section 8
 */
export async function checkVlan(snapshot: Snapshot, carrier: Carrier, vlan: number): Promise<void> {
  if (carrier.hostedVlan !== null && vlan !== carrier.hostedVlan)
    throw refuse(`Invalid value ${vlan} for vlan: the VLAN of hosted connection ${carrier.id} is ${carrier.hostedVlan}`)
  await checkFreeVlan(snapshot, carrier.id, vlan)
}

/**
 * How many virtual interfaces a connection or LAG carries; a hosted connection one of any kind.
 * @source behaviour catalogue D
 */
export async function checkCarrierQuota(
  snapshot: Snapshot,
  carrier: Carrier,
  type: VirtualInterfaceType,
): Promise<void> {
  if (carrier.hostedVlan !== null && (await carried(snapshot, carrier)).length > 0)
    throw refuse(`Hosted connection ${carrier.id} can have only 1 virtual interface`)
  const account = await accountOf(snapshot, carrier.ownerAccount)
  const isTransit = type === 'transit'
  const counted: readonly (readonly [QuotaName, (vif: VirtualInterface) => boolean, string])[] = [
    isTransit
      ? ['transitVirtualInterfacesPerConnection', (vif) => vif.type === type, 'transit virtual interfaces']
      : ['virtualInterfacesPerConnection', (vif) => vif.type !== 'transit', 'private and public virtual interfaces'],
    ['allVirtualInterfacesPerConnection', () => true, 'virtual interfaces'],
  ]
  const quotas = counted.map(([name, counts, what]) => ({ quota: quotaOf(snapshot, account, name), counts, what }))
  const fewest = Math.min(...quotas.map(({ quota }) => quota))
  // Each has a VLAN, and mostly not so many are taken that it matters whose they are.
  if (fewest === Number.POSITIVE_INFINITY || (await snapshot.claimed(vlanScope(carrier.id))).size < fewest) return
  const present = await carried(snapshot, carrier)
  for (const { quota, counts, what } of quotas)
    if (present.filter(counts).length >= quota)
      throw refuse(`You have reached the limit of ${quota} ${what} on ${carrier.id}`)
}

/** @source behaviour catalogue C.4; design, section 8 */
export function checkedMtu(mtu: number, type: VirtualInterfaceType): number {
  const { mtus } = types[type]
  if (!mtus.includes(mtu))
    throw refuse(`Invalid value ${mtu} for mtu: a ${type} virtual interface can have ${mtus.join(', ')}`)
  return mtu
}

/**
 * SiteLink joins sites over a Direct Connect gateway; it is not sold in GovCloud and China.
 * @source behaviour catalogue E.6
 */
export function checkedSiteLink(
  enable: boolean,
  region: string,
  { directConnectGatewayId }: Pick<Attachment, 'directConnectGatewayId'>,
): boolean {
  if (!enable) return false
  if (directConnectGatewayId === null)
    throw refuse(
      'Invalid value true for enableSiteLink: only virtual interfaces on a Direct Connect gateway have SiteLink',
    )
  if (/^(?:us-gov|cn)-/.test(region))
    throw refuse(`Invalid value true for enableSiteLink: SiteLink is not available in ${region}`)
  return true
}

/**
 * A virtual interface of this Region in which the caller has a part: as its owner, or as that of what carries it. All
 * others look as if they did not exist, and so does one that is deleted for so long that lists do not show it.
 */
export async function knownVirtualInterface(snapshot: Snapshot, id: string): Promise<VirtualInterface | undefined> {
  const { caller, now } = snapshot
  const vif = await snapshot.get('virtual-interface', id)
  const known =
    vif !== undefined &&
    [vif.ownerAccount, vif.connectionOwner].includes(caller.accountId) &&
    vif.region === caller.region &&
    !reached(virtualInterfaceKind.hiddenFrom(vif), now)
  return known ? vif : undefined
}

/** As `knownVirtualInterface`, and not deleted. */
export async function partyVirtualInterface(snapshot: Snapshot, id: string): Promise<VirtualInterface> {
  const vif = await knownVirtualInterface(snapshot, id)
  if (vif === undefined || reached(vif.deletedAt, snapshot.now)) throw faults.virtualInterfaceNotFound(id)
  return vif
}

/** The caller's own; that of somebody else on the caller's connection is not. */
export async function ownVirtualInterface(snapshot: Snapshot, id: string): Promise<VirtualInterface> {
  const vif = await partyVirtualInterface(snapshot, id)
  if (vif.ownerAccount !== snapshot.caller.accountId) throw faults.virtualInterfaceNotFound(id)
  return vif
}

/**
 * Refuses an operation in a state that it is not for, in the words that AWS uses of connections.
 * @source AWS's answer in aws-sdk-go's issue 2717
 */
export async function checkState(
  snapshot: Snapshot,
  operation: string,
  vif: VirtualInterface,
  allowed: readonly VirtualInterfaceState[],
): Promise<void> {
  const view = await viewOf(snapshot, { virtualInterfaces: [vif] })
  const state = virtualInterfaceState.at(vif, view, snapshot.now)
  if (!allowed.includes(state)) throw refuse(`${operation} failed. ${vif.id} is in state ${state}`)
}

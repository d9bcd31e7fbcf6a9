import { accountOf, quotaOf } from '../../accounts/account.ts'
import { overlaps, parseCidr } from '../../addresses/cidr.ts'
import { faults, refuse } from '../../fault.ts'
import { reached } from '../../lifecycle.ts'
import type { QuotaName } from '../../settings.ts'
import type { Snapshot } from '../../snapshot.ts'
import { alive } from '../../virtual-interfaces/carrier.ts'
import type { Gateway } from '../gateway.ts'
import {
  type AssociatedGateway,
  type Association,
  askedPrefixes,
  associationState,
  live,
  partiesOf,
} from './association.ts'
import type { Candidate } from './candidate.ts'
import { blocksBehind } from './vpc-blocks.ts'

/**
 * Whether a gateway may be associated with a Direct Connect gateway, and allow those prefixes.
 * @source behaviour catalogue D, E.5
 */
export async function checkNewAssociation(
  snapshot: Snapshot,
  gateway: Gateway,
  candidate: Candidate,
  prefixes: readonly string[],
): Promise<void> {
  const { associated } = candidate
  const { now } = snapshot
  checkNotBeingDeleted(gateway, now)
  const ofAssociated = live(await snapshot.list('association', 'associated', associated.id), now)
  const ofGateway = live(await snapshot.list('association', 'gateway', gateway.id), now)
  checkFree(gateway, associated, ofAssociated)
  await checkOneType(snapshot, gateway, associated, ofGateway)
  if (associated.type === 'virtualPrivateGateway') {
    await checkQuota(
      snapshot,
      gateway.ownerAccount,
      'virtualPrivateGatewaysPerGateway',
      ofGateway.length,
      'virtual private gateways on a Direct Connect gateway',
    )
    await checkBlocks(snapshot, gateway, candidate, ofGateway)
    return
  }
  await checkQuota(
    snapshot,
    gateway.ownerAccount,
    'transitGatewaysPerGateway',
    ofGateway.length,
    'transit gateways on a Direct Connect gateway',
  )
  await checkQuota(
    snapshot,
    associated.ownerAccount,
    'gatewaysPerTransitGateway',
    ofAssociated.length,
    'Direct Connect gateways on a transit gateway',
  )
  await checkAsns(snapshot, gateway, candidate, ofGateway)
  await checkTransitPrefixes(snapshot, gateway, prefixes, ofGateway)
}

/** Whether an association may have other prefixes. @source behaviour catalogue D, E.5 */
export async function checkChangedPrefixes(
  snapshot: Snapshot,
  gateway: Gateway,
  association: Association,
  prefixes: readonly string[],
): Promise<void> {
  if (association.associated.type !== 'transitGateway') return
  const ofGateway = live(await snapshot.list('association', 'gateway', gateway.id), snapshot.now)
  const others = ofGateway.filter(({ id }) => id !== association.id)
  await checkTransitPrefixes(snapshot, gateway, prefixes, others)
}

export function checkNotBeingDeleted(gateway: Gateway, now: number): void {
  if (reached(gateway.deleteAskedAt, now)) throw refuse(`Direct Connect Gateway ${gateway.id} is being deleted`)
}

/** One virtual private gateway, one Direct Connect gateway. @source behaviour catalogue E.5 */
export function checkFree(
  gateway: Pick<Gateway, 'id'>,
  { id, type }: AssociatedGateway,
  ofAssociated: readonly Association[],
): void {
  if (ofAssociated.some(({ gatewayId }) => gatewayId === gateway.id))
    throw refuse(`${id} is already associated with Direct Connect Gateway ${gateway.id}`)
  if (type === 'virtualPrivateGateway' && ofAssociated.length > 0)
    throw refuse(`The VirtualGateway ${id} is already associated with another Direct Connect gateway`)
}

/** Virtual private gateways and private virtual interfaces, or transit gateways and transit ones. @source behaviour catalogue E.5 */
async function checkOneType(
  snapshot: Snapshot,
  gateway: Gateway,
  { type }: AssociatedGateway,
  ofGateway: readonly Association[],
): Promise<void> {
  const isTransit = type === 'transitGateway'
  const other = ofGateway.find(({ associated }) => associated.type !== type)
  if (other !== undefined)
    throw refuse(
      `Direct Connect Gateway ${gateway.id} is associated with ${words[other.associated.type]}s: a ${words[type]} needs a gateway of its own`,
    )
  const wrong = isTransit ? 'private' : 'transit'
  const attached = alive(await snapshot.list('virtual-interface', 'gateway', gateway.id), snapshot.now)
  if (attached.some((vif) => vif.type === wrong))
    throw refuse(
      `Direct Connect Gateway ${gateway.id} has ${wrong} virtual interfaces: a ${words[type]} needs a gateway of its own`,
    )
}

/**
 * Whether virtual interfaces of a type may be on a Direct Connect gateway, for what it is associated with.
 * @source behaviour catalogue E.5
 */
export async function checkVirtualInterfaceType(
  snapshot: Snapshot,
  gateway: Gateway,
  type: 'private' | 'public' | 'transit',
): Promise<void> {
  const wrong = type === 'transit' ? 'virtualPrivateGateway' : 'transitGateway'
  const ofGateway = live(await snapshot.list('association', 'gateway', gateway.id), snapshot.now)
  if (ofGateway.some(({ associated }) => associated.type === wrong))
    throw refuse(
      `Direct Connect Gateway ${gateway.id} is associated with ${words[wrong]}s: ${type} virtual interfaces need a gateway of their own`,
    )
}

const words = { virtualPrivateGateway: 'virtual private gateway', transitGateway: 'transit gateway' } as const

/** VPCs behind one Direct Connect gateway are told apart by their blocks. @source behaviour catalogue E.5 */
async function checkBlocks(
  snapshot: Snapshot,
  gateway: Gateway,
  { associated, vpcBlocks }: Candidate,
  ofGateway: readonly Association[],
): Promise<void> {
  const clash = firstClash(vpcBlocks, await blocksBehind(snapshot, ofGateway))
  if (clash !== undefined)
    throw refuse(
      `The CIDR ${clash[0]} of the VPC behind ${associated.id} overlaps another VPC behind Direct Connect Gateway ${gateway.id}`,
    )
}

/** @source behaviour catalogue E.5 */
async function checkAsns(
  snapshot: Snapshot,
  gateway: Gateway,
  { associated, amazonSideAsn }: Candidate,
  ofGateway: readonly Association[],
): Promise<void> {
  if (amazonSideAsn === null) return
  if (amazonSideAsn === gateway.amazonSideAsn)
    throw refuse(
      `The ASN ${amazonSideAsn} of the TransitGateway ${associated.id} must differ from that of Direct Connect Gateway ${gateway.id}`,
    )
  const elsewhere = ofGateway.filter((association) => association.associated.region !== associated.region)
  const others = await snapshot.getAll(
    'transit-gateway',
    elsewhere.map((association) => association.associated.id),
  )
  if (others.some((other) => other.amazonSideAsn === amazonSideAsn))
    throw refuse(
      `The ASN ${amazonSideAsn} of the TransitGateway ${associated.id} must differ from those of the transit gateways that Direct Connect Gateway ${gateway.id} has in other Regions`,
    )
}

/** @source behaviour catalogue D, E.5 */
async function checkTransitPrefixes(
  snapshot: Snapshot,
  gateway: Gateway,
  prefixes: readonly string[],
  others: readonly Association[],
): Promise<void> {
  const quota = quotaOf(
    snapshot,
    await accountOf(snapshot, gateway.ownerAccount),
    'prefixesPerTransitGatewayAssociation',
  )
  if (prefixes.length > quota)
    throw refuse(`You have reached the limit of ${quota} allowed prefixes on an association with a transit gateway`)
  const clash = firstClash(prefixes, others.flatMap(askedPrefixes))
  if (clash !== undefined)
    throw refuse(
      `Allowed prefix ${clash[0]} overlaps existing allowed prefix ${clash[1]} of another association of Direct Connect Gateway ${gateway.id}`,
    )
}

/** @source behaviour catalogue D */
async function checkQuota(
  snapshot: Snapshot,
  account: string,
  name: QuotaName,
  present: number,
  what: string,
): Promise<void> {
  const quota = quotaOf(snapshot, await accountOf(snapshot, account), name)
  if (present >= quota) throw refuse(`You have reached the limit of ${quota} ${what}`)
}

/** The first two, one of each list, that have an address in common. */
function firstClash(mine: readonly string[], theirs: readonly string[]): readonly [string, string] | undefined {
  const others = theirs.map((text) => ({ text, cidr: parseCidr(text) }))
  for (const text of mine) {
    const cidr = parseCidr(text)
    const other =
      cidr === undefined ? undefined : others.find((one) => one.cidr !== undefined && overlaps(one.cidr, cidr))
    if (other !== undefined) return [text, other.text]
  }
  return undefined
}

/** What a transit gateway's association has to say itself. @source behaviour catalogue A.1 */
export function checkPrefixesGiven({ associated }: Candidate, prefixes: readonly string[]): void {
  if (associated.type === 'transitGateway' && prefixes.length === 0)
    throw refuse('Field addAllowedPrefixesToDirectConnectGateway is required for a transit gateway')
}

/** The association of that id in which the caller has a part. @source behaviour catalogue A.2 */
export async function partyAssociation(snapshot: Snapshot, id: string): Promise<Association> {
  checkAssociationId(id)
  const association = await snapshot.get('association', id)
  if (
    association === undefined ||
    !partiesOf(association).includes(snapshot.caller.accountId) ||
    reached(association.disassociatedAt, snapshot.now)
  )
    throw faults.associationNotFound(id)
  return association
}

/** @source AWS's answer in the Terraform provider's issue 8773 */
export function checkAssociationId(id: string): void {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw faults.malformedAssociationId(id)
}

/** Refuses to change what is still coming about or on its way out. */
export function checkChangeable(operation: string, association: Association, now: number): void {
  const state = associationState.at(association, undefined, now)
  if (state !== 'associated' && state !== 'updating')
    throw refuse(`${operation} failed. Direct Connect Gateway Association ${association.id} is in state ${state}`)
}

import type { EnumValue } from '../../../contract/types.ts'
import { kind, type Stored } from '../../kind.ts'
import { type Instant, lifecycle, reached } from '../../lifecycle.ts'

/** A virtual private gateway or transit gateway, as others name it. */
export interface AssociatedGateway {
  readonly id: string
  readonly type: EnumValue<'GatewayType'>
  readonly ownerAccount: string
  readonly region: string
}

/** What ties a virtual private gateway or transit gateway to a Direct Connect gateway. */
export interface Association extends Stored {
  /** The Direct Connect gateway, and whose it is. */
  readonly gatewayId: string
  readonly gatewayOwner: string
  readonly associated: AssociatedGateway
  /** Of a transit gateway: the id under which EC2 shows the association as an attachment. It never changes. */
  readonly transitGatewayAttachmentId: string | null
  /** In the order in which they were asked for. */
  readonly allowedPrefixes: readonly AllowedPrefix[]
  readonly associatedAt: Instant
  /** When the latest change of the allowed prefixes has taken effect; null: none was ever changed. */
  readonly updatedAt: Instant
  readonly disassociateAskedAt: Instant
  readonly disassociatedAt: Instant
}

/**
 * Each has its own times, so that an update disturbs none that it does not name. For a transit gateway they are what is
 * announced to the customer, for a virtual private gateway what lets a VPC's blocks through.
 */
export interface AllowedPrefix {
  /** In canonical form, IPv6 compressed. */
  readonly cidr: string
  readonly inForceAt: Instant
  /** When the update that takes it away has taken effect; null: it stays. */
  readonly endsAt: Instant
}

export const associationKind = kind<Association>()({
  sets: (association) => ({
    gateway: association.gatewayId,
    associated: association.associated.id,
    partyOnGateway: partiesOf(association).map((party) => `${party} ${association.gatewayId}`),
    partyOnAssociated: partiesOf(association).map((party) => `${party} ${association.associated.id}`),
    transitGatewayParty:
      association.associated.type === 'transitGateway'
        ? partiesOf(association).map((party) => `${party} ${association.associated.region}`)
        : null,
    all: '*',
  }),
  // A virtual private gateway has one Direct Connect gateway, a transit gateway several, but each only once.
  claims: ({ associated, gatewayId, disassociatedAt }) => [
    {
      scope: `direct connect gateways of ${associated.id}`,
      key: associated.type === 'transitGateway' ? gatewayId : 'the one',
      until: disassociatedAt,
    },
  ],
  // What is gone is not listed: Terraform takes exactly one for a pair of gateways.
  hiddenFrom: (association) => association.disassociatedAt,
})

/** Who sees it: the owners of the two gateways. */
export function partiesOf({ gatewayOwner, associated }: Pick<Association, 'gatewayOwner' | 'associated'>) {
  return [...new Set([gatewayOwner, associated.ownerAccount])]
}

/** @source behaviour catalogue B.5 */
export const associationState = lifecycle<EnumValue<'DirectConnectGatewayAssociationState'>, Association>([
  ['disassociated', (association, _seen, now) => reached(association.disassociatedAt, now)],
  ['disassociating', (association, _seen, now) => reached(association.disassociateAskedAt, now)],
  ['associating', (association, _seen, now) => !reached(association.associatedAt, now)],
  ['updating', ({ updatedAt }, _seen, now) => updatedAt !== null && !reached(updatedAt, now)],
  ['associated', () => true],
])

/** The prefixes that the association is asked to have: all but those that an update takes away. */
export function askedPrefixes(association: Association): readonly string[] {
  return association.allowedPrefixes.filter(({ endsAt }) => endsAt === null).map(({ cidr }) => cidr)
}

/** The prefixes that work at `now`: none before it is associated and none from when its end is asked for. */
export function prefixesInForce(association: Association, now: number): readonly string[] {
  return allowedInForce(association, now).map(({ cidr }) => cidr)
}

/** As `prefixesInForce`, each with the instant from which it works. */
export function allowedInForce(
  association: Association,
  now: number,
): readonly { readonly cidr: string; readonly since: number }[] {
  if (!isInForce(association, now)) return []
  return association.allowedPrefixes
    .filter(({ inForceAt, endsAt }) => reached(inForceAt, now) && !reached(endsAt, now))
    .map(({ cidr, inForceAt }) => ({ cidr, since: Math.max(inForceAt ?? 0, association.associatedAt ?? 0) }))
}

/** Whether traffic flows across it: from when it is associated until its end is asked for. */
export function isInForce({ associatedAt, disassociateAskedAt }: Association, now: number): boolean {
  return reached(associatedAt, now) && !reached(disassociateAskedAt, now)
}

/** Those that have not ended. */
export function live(associations: readonly Association[], now: number): readonly Association[] {
  return associations.filter(({ disassociatedAt }) => !reached(disassociatedAt, now))
}

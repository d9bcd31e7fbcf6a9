import type { Shape } from '../../../contract/types.ts'
import { type Association, askedPrefixes, associationState } from './association.ts'

/** The three members of the old days come with virtual private gateways only. */
export function showAssociation(association: Association, now: number): Shape<'DirectConnectGatewayAssociation'> {
  const { id, gatewayId, gatewayOwner, associated } = association
  const virtual =
    associated.type === 'virtualPrivateGateway'
      ? {
          virtualGatewayId: associated.id,
          virtualGatewayRegion: associated.region,
          virtualGatewayOwnerAccount: associated.ownerAccount,
        }
      : {}
  return {
    associationId: id,
    directConnectGatewayId: gatewayId,
    directConnectGatewayOwnerAccount: gatewayOwner,
    associationState: associationState.at(association, undefined, now),
    associatedGateway: associated,
    allowedPrefixesToDirectConnectGateway: showPrefixes(askedPrefixes(association)),
    ...virtual,
  }
}

export function showPrefixes(prefixes: readonly string[]): readonly Shape<'RouteFilterPrefix'>[] {
  return prefixes.map((cidr) => ({ cidr }))
}

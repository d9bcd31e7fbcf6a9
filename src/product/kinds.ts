import { accessKeyKind } from './accounts/access-key.ts'
import { accountKind } from './accounts/account.ts'
import { sessionKind } from './accounts/session.ts'
import { failoverTestKind } from './bgp/failover-tests/failover-test.ts'
import { connectionKind } from './connections/connection.ts'
import { faultKind } from './faults/injected-fault.ts'
import { associationKind } from './gateways/associations/association.ts'
import { gatewayKind } from './gateways/gateway.ts'
import { proposalKind } from './gateways/proposals/proposal.ts'
import { installationKind } from './installation.ts'
import { deviceKind } from './inventory/device.ts'
import { locationKind } from './inventory/location.ts'
import { lagKind } from './lags/lag.ts'
import { issuerKind } from './loa/issuer/issuer.ts'
import { letterKind } from './loa/letter.ts'
import { macSecSecretKind } from './macsec/macsec-secret.ts'
import { clientTokenKind } from './resiliency/client-token.ts'
import { resiliencyAssociationKind } from './resiliency/resiliency-association.ts'
import { resiliencyGroupKind } from './resiliency/resiliency-group.ts'
import { customerRoutesKind } from './routing/customer-routes.ts'
import { seedKind } from './seeds/seed.ts'
import { virtualInterfaceKind } from './virtual-interfaces/virtual-interface.ts'
import { routeTableKind } from './vpc/route-table.ts'
import { transitGatewayKind } from './vpc/transit-gateway.ts'
import { vpcKind } from './vpc/vpc.ts'
import { vpnGatewayKind } from './vpc/vpn-gateway.ts'

/** Every kind of record that is stored. A new noun is a line here; the stores learn of it from this list. */
export const kinds = {
  'access-key': accessKeyKind,
  account: accountKind,
  association: associationKind,
  'client-token': clientTokenKind,
  connection: connectionKind,
  'customer-routes': customerRoutesKind,
  device: deviceKind,
  'failover-test': failoverTestKind,
  fault: faultKind,
  gateway: gatewayKind,
  installation: installationKind,
  issuer: issuerKind,
  lag: lagKind,
  letter: letterKind,
  location: locationKind,
  'macsec-secret': macSecSecretKind,
  proposal: proposalKind,
  'resiliency-association': resiliencyAssociationKind,
  'resiliency-group': resiliencyGroupKind,
  'route-table': routeTableKind,
  seed: seedKind,
  session: sessionKind,
  'transit-gateway': transitGatewayKind,
  'virtual-interface': virtualInterfaceKind,
  vpc: vpcKind,
  'vpn-gateway': vpnGatewayKind,
} as const

type Kinds = typeof kinds

export type KindName = keyof Kinds

/** The record of a kind, with all its facts. */
export type RecordOf<K extends KindName> = Parameters<Kinds[K]['sets']>[0]

/** The names of the sets in which records of a kind are found. */
export type SetName<K extends KindName> = keyof ReturnType<Kinds[K]['sets']> & string

import type { OperationName } from './contract/types.ts'
import { ConfirmCustomerAgreement } from './product/accounts/confirm-customer-agreement.ts'
import { DescribeCustomerMetadata } from './product/accounts/describe-customer-metadata.ts'
import { CreateConnection } from './product/connections/create-connection.ts'
import { DeleteConnection } from './product/connections/delete-connection.ts'
import { DescribeConnections } from './product/connections/describe-connections.ts'
import { UpdateConnection } from './product/connections/update-connection.ts'
import { CreateDirectConnectGateway } from './product/gateways/create-direct-connect-gateway.ts'
import { DeleteDirectConnectGateway } from './product/gateways/delete-direct-connect-gateway.ts'
import { DescribeDirectConnectGatewayAttachments } from './product/gateways/describe-direct-connect-gateway-attachments.ts'
import { DescribeDirectConnectGateways } from './product/gateways/describe-direct-connect-gateways.ts'
import { UpdateDirectConnectGateway } from './product/gateways/update-direct-connect-gateway.ts'
import { AllocateConnectionOnInterconnect } from './product/hosted/allocate-connection-on-interconnect.ts'
import { AllocateHostedConnection } from './product/hosted/allocate-hosted-connection.ts'
import { AssociateHostedConnection } from './product/hosted/associate-hosted-connection.ts'
import { ConfirmConnection } from './product/hosted/confirm-connection.ts'
import { DescribeConnectionsOnInterconnect } from './product/hosted/describe-connections-on-interconnect.ts'
import { DescribeHostedConnections } from './product/hosted/describe-hosted-connections.ts'
import { CreateInterconnect } from './product/interconnects/create-interconnect.ts'
import { DeleteInterconnect } from './product/interconnects/delete-interconnect.ts'
import { DescribeInterconnects } from './product/interconnects/describe-interconnects.ts'
import { DescribeLocations } from './product/inventory/describe-locations.ts'
import { AssociateConnectionWithLag } from './product/lags/associate-connection-with-lag.ts'
import { CreateLag } from './product/lags/create-lag.ts'
import { DeleteLag } from './product/lags/delete-lag.ts'
import { DescribeLags } from './product/lags/describe-lags.ts'
import { DisassociateConnectionFromLag } from './product/lags/disassociate-connection-from-lag.ts'
import { UpdateLag } from './product/lags/update-lag.ts'
import { DescribeConnectionLoa } from './product/loa/describe-connection-loa.ts'
import { DescribeInterconnectLoa } from './product/loa/describe-interconnect-loa.ts'
import { DescribeLoa } from './product/loa/describe-loa.ts'
import type { Operation } from './product/operation.ts'
import { DescribeTags } from './product/tags/describe-tags.ts'
import { TagResource } from './product/tags/tag-resource.ts'
import { UntagResource } from './product/tags/untag-resource.ts'

/** In place of an operation that does not exist yet; it answers UnknownOperationException. */
const notBuilt = null

/** Every operation of AWS Direct Connect, and the function that decides it. */
export const api: { readonly [N in OperationName]: Operation<N> | typeof notBuilt } = {
  // Locations
  DescribeLocations,

  // Connections
  CreateConnection,
  DescribeConnections,
  UpdateConnection,
  DeleteConnection,
  UpdateConnectionsBillingMode: notBuilt,

  // Interconnects and hosted connections
  CreateInterconnect,
  DescribeInterconnects,
  DeleteInterconnect,
  AllocateHostedConnection,
  AllocateConnectionOnInterconnect,
  AssociateHostedConnection,
  ConfirmConnection,
  DescribeHostedConnections,
  DescribeConnectionsOnInterconnect,

  // Link aggregation groups
  CreateLag,
  DescribeLags,
  UpdateLag,
  DeleteLag,
  AssociateConnectionWithLag,
  DisassociateConnectionFromLag,

  // Letters
  DescribeLoa,
  DescribeConnectionLoa,
  DescribeInterconnectLoa,

  // Virtual interfaces
  CreatePrivateVirtualInterface: notBuilt,
  CreatePublicVirtualInterface: notBuilt,
  CreateTransitVirtualInterface: notBuilt,
  AllocatePrivateVirtualInterface: notBuilt,
  AllocatePublicVirtualInterface: notBuilt,
  AllocateTransitVirtualInterface: notBuilt,
  ConfirmPrivateVirtualInterface: notBuilt,
  ConfirmPublicVirtualInterface: notBuilt,
  ConfirmTransitVirtualInterface: notBuilt,
  AssociateVirtualInterface: notBuilt,
  DescribeVirtualInterfaces: notBuilt,
  UpdateVirtualInterfaceAttributes: notBuilt,
  DeleteVirtualInterface: notBuilt,

  // BGP
  CreateBGPPeer: notBuilt,
  DeleteBGPPeer: notBuilt,
  StartBgpFailoverTest: notBuilt,
  StopBgpFailoverTest: notBuilt,
  ListVirtualInterfaceTestHistory: notBuilt,
  ListVirtualInterfaceRoutes: notBuilt,

  // Gateways
  CreateDirectConnectGateway,
  DescribeDirectConnectGateways,
  UpdateDirectConnectGateway,
  DeleteDirectConnectGateway,
  DescribeDirectConnectGatewayAttachments,
  CreateDirectConnectGatewayAssociation: notBuilt,
  DescribeDirectConnectGatewayAssociations: notBuilt,
  UpdateDirectConnectGatewayAssociation: notBuilt,
  DeleteDirectConnectGatewayAssociation: notBuilt,
  CreateDirectConnectGatewayAssociationProposal: notBuilt,
  DescribeDirectConnectGatewayAssociationProposals: notBuilt,
  AcceptDirectConnectGatewayAssociationProposal: notBuilt,
  DeleteDirectConnectGatewayAssociationProposal: notBuilt,
  DescribeVirtualGateways: notBuilt,

  // Router configurations
  DescribeRouterConfiguration: notBuilt,

  // MACsec
  AssociateMacSecKey: notBuilt,
  DisassociateMacSecKey: notBuilt,

  // Resiliency groups
  CreateResiliencyGroup: notBuilt,
  GetResiliencyGroup: notBuilt,
  ListResiliencyGroups: notBuilt,
  UpdateResiliencyGroup: notBuilt,
  DeleteResiliencyGroup: notBuilt,
  AssociateConnectionsToResiliencyGroup: notBuilt,
  DisassociateConnectionsFromResiliencyGroup: notBuilt,
  ListResiliencyGroupAssociations: notBuilt,

  // Tags
  TagResource,
  UntagResource,
  DescribeTags,

  // Accounts
  DescribeCustomerMetadata,
  ConfirmCustomerAgreement,
}

import type { OperationName } from './contract/types.ts'
import { CreateDirectConnectGateway } from './product/gateways/create-direct-connect-gateway.ts'
import { DeleteDirectConnectGateway } from './product/gateways/delete-direct-connect-gateway.ts'
import { DescribeDirectConnectGatewayAttachments } from './product/gateways/describe-direct-connect-gateway-attachments.ts'
import { DescribeDirectConnectGateways } from './product/gateways/describe-direct-connect-gateways.ts'
import { UpdateDirectConnectGateway } from './product/gateways/update-direct-connect-gateway.ts'
import { DescribeLocations } from './product/inventory/describe-locations.ts'
import type { Operation } from './product/operation.ts'

/** In place of an operation that does not exist yet; it answers UnknownOperationException. */
const notBuilt = null

/** Every operation of AWS Direct Connect, and the function that decides it. */
export const api: { readonly [N in OperationName]: Operation<N> | typeof notBuilt } = {
  // Locations
  DescribeLocations,

  // Connections
  CreateConnection: notBuilt,
  DescribeConnections: notBuilt,
  UpdateConnection: notBuilt,
  DeleteConnection: notBuilt,
  UpdateConnectionsBillingMode: notBuilt,

  // Interconnects and hosted connections
  CreateInterconnect: notBuilt,
  DescribeInterconnects: notBuilt,
  DeleteInterconnect: notBuilt,
  AllocateHostedConnection: notBuilt,
  AllocateConnectionOnInterconnect: notBuilt,
  AssociateHostedConnection: notBuilt,
  ConfirmConnection: notBuilt,
  DescribeHostedConnections: notBuilt,
  DescribeConnectionsOnInterconnect: notBuilt,

  // Link aggregation groups
  CreateLag: notBuilt,
  DescribeLags: notBuilt,
  UpdateLag: notBuilt,
  DeleteLag: notBuilt,
  AssociateConnectionWithLag: notBuilt,
  DisassociateConnectionFromLag: notBuilt,

  // Letters
  DescribeLoa: notBuilt,
  DescribeConnectionLoa: notBuilt,
  DescribeInterconnectLoa: notBuilt,

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
  TagResource: notBuilt,
  UntagResource: notBuilt,
  DescribeTags: notBuilt,

  // Accounts
  DescribeCustomerMetadata: notBuilt,
  ConfirmCustomerAgreement: notBuilt,
}

import type { OperationName } from './contract/types.ts'
import { ConfirmCustomerAgreement } from './product/accounts/confirm-customer-agreement.ts'
import { DescribeCustomerMetadata } from './product/accounts/describe-customer-metadata.ts'
import { CreateBGPPeer } from './product/bgp/create-bgp-peer.ts'
import { DeleteBGPPeer } from './product/bgp/delete-bgp-peer.ts'
import { ListVirtualInterfaceTestHistory } from './product/bgp/failover-tests/list-virtual-interface-test-history.ts'
import { StartBgpFailoverTest } from './product/bgp/failover-tests/start-bgp-failover-test.ts'
import { StopBgpFailoverTest } from './product/bgp/failover-tests/stop-bgp-failover-test.ts'
import { UpdateConnectionsBillingMode } from './product/billing/update-connections-billing-mode.ts'
import { CreateConnection } from './product/connections/create-connection.ts'
import { DeleteConnection } from './product/connections/delete-connection.ts'
import { DescribeConnections } from './product/connections/describe-connections.ts'
import { UpdateConnection } from './product/connections/update-connection.ts'
import { CreateDirectConnectGatewayAssociation } from './product/gateways/associations/create-direct-connect-gateway-association.ts'
import { DeleteDirectConnectGatewayAssociation } from './product/gateways/associations/delete-direct-connect-gateway-association.ts'
import { DescribeDirectConnectGatewayAssociations } from './product/gateways/associations/describe-direct-connect-gateway-associations.ts'
import { UpdateDirectConnectGatewayAssociation } from './product/gateways/associations/update-direct-connect-gateway-association.ts'
import { CreateDirectConnectGateway } from './product/gateways/create-direct-connect-gateway.ts'
import { DeleteDirectConnectGateway } from './product/gateways/delete-direct-connect-gateway.ts'
import { DescribeDirectConnectGatewayAttachments } from './product/gateways/describe-direct-connect-gateway-attachments.ts'
import { DescribeDirectConnectGateways } from './product/gateways/describe-direct-connect-gateways.ts'
import { DescribeVirtualGateways } from './product/gateways/describe-virtual-gateways.ts'
import { AcceptDirectConnectGatewayAssociationProposal } from './product/gateways/proposals/accept-direct-connect-gateway-association-proposal.ts'
import { CreateDirectConnectGatewayAssociationProposal } from './product/gateways/proposals/create-direct-connect-gateway-association-proposal.ts'
import { DeleteDirectConnectGatewayAssociationProposal } from './product/gateways/proposals/delete-direct-connect-gateway-association-proposal.ts'
import { DescribeDirectConnectGatewayAssociationProposals } from './product/gateways/proposals/describe-direct-connect-gateway-association-proposals.ts'
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
import { AssociateMacSecKey } from './product/macsec/associate-mac-sec-key.ts'
import { DisassociateMacSecKey } from './product/macsec/disassociate-mac-sec-key.ts'
import type { Operation } from './product/operation.ts'
import { AssociateConnectionsToResiliencyGroup } from './product/resiliency/associate-connections-to-resiliency-group.ts'
import { CreateResiliencyGroup } from './product/resiliency/create-resiliency-group.ts'
import { DeleteResiliencyGroup } from './product/resiliency/delete-resiliency-group.ts'
import { DisassociateConnectionsFromResiliencyGroup } from './product/resiliency/disassociate-connections-from-resiliency-group.ts'
import { GetResiliencyGroup } from './product/resiliency/get-resiliency-group.ts'
import { ListResiliencyGroupAssociations } from './product/resiliency/list-resiliency-group-associations.ts'
import { ListResiliencyGroups } from './product/resiliency/list-resiliency-groups.ts'
import { UpdateResiliencyGroup } from './product/resiliency/update-resiliency-group.ts'
import { DescribeRouterConfiguration } from './product/router-configs/describe-router-configuration.ts'
import { ListVirtualInterfaceRoutes } from './product/routing/list-virtual-interface-routes.ts'
import { DescribeTags } from './product/tags/describe-tags.ts'
import { TagResource } from './product/tags/tag-resource.ts'
import { UntagResource } from './product/tags/untag-resource.ts'
import { AllocatePrivateVirtualInterface } from './product/virtual-interfaces/allocate-private-virtual-interface.ts'
import { AllocatePublicVirtualInterface } from './product/virtual-interfaces/allocate-public-virtual-interface.ts'
import { AllocateTransitVirtualInterface } from './product/virtual-interfaces/allocate-transit-virtual-interface.ts'
import { AssociateVirtualInterface } from './product/virtual-interfaces/associate-virtual-interface.ts'
import { ConfirmPrivateVirtualInterface } from './product/virtual-interfaces/confirm-private-virtual-interface.ts'
import { ConfirmPublicVirtualInterface } from './product/virtual-interfaces/confirm-public-virtual-interface.ts'
import { ConfirmTransitVirtualInterface } from './product/virtual-interfaces/confirm-transit-virtual-interface.ts'
import { CreatePrivateVirtualInterface } from './product/virtual-interfaces/create-private-virtual-interface.ts'
import { CreatePublicVirtualInterface } from './product/virtual-interfaces/create-public-virtual-interface.ts'
import { CreateTransitVirtualInterface } from './product/virtual-interfaces/create-transit-virtual-interface.ts'
import { DeleteVirtualInterface } from './product/virtual-interfaces/delete-virtual-interface.ts'
import { DescribeVirtualInterfaces } from './product/virtual-interfaces/describe-virtual-interfaces.ts'
import { UpdateVirtualInterfaceAttributes } from './product/virtual-interfaces/update-virtual-interface-attributes.ts'

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
  UpdateConnectionsBillingMode,

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
  CreatePrivateVirtualInterface,
  CreatePublicVirtualInterface,
  CreateTransitVirtualInterface,
  AllocatePrivateVirtualInterface,
  AllocatePublicVirtualInterface,
  AllocateTransitVirtualInterface,
  ConfirmPrivateVirtualInterface,
  ConfirmPublicVirtualInterface,
  ConfirmTransitVirtualInterface,
  AssociateVirtualInterface,
  DescribeVirtualInterfaces,
  UpdateVirtualInterfaceAttributes,
  DeleteVirtualInterface,

  // BGP
  CreateBGPPeer,
  DeleteBGPPeer,
  StartBgpFailoverTest,
  StopBgpFailoverTest,
  ListVirtualInterfaceTestHistory,
  ListVirtualInterfaceRoutes,

  // Gateways
  CreateDirectConnectGateway,
  DescribeDirectConnectGateways,
  UpdateDirectConnectGateway,
  DeleteDirectConnectGateway,
  DescribeDirectConnectGatewayAttachments,
  CreateDirectConnectGatewayAssociation,
  DescribeDirectConnectGatewayAssociations,
  UpdateDirectConnectGatewayAssociation,
  DeleteDirectConnectGatewayAssociation,
  CreateDirectConnectGatewayAssociationProposal,
  DescribeDirectConnectGatewayAssociationProposals,
  AcceptDirectConnectGatewayAssociationProposal,
  DeleteDirectConnectGatewayAssociationProposal,
  DescribeVirtualGateways,

  // Router configurations
  DescribeRouterConfiguration,

  // MACsec
  AssociateMacSecKey,
  DisassociateMacSecKey,

  // Resiliency groups
  CreateResiliencyGroup,
  GetResiliencyGroup,
  ListResiliencyGroups,
  UpdateResiliencyGroup,
  DeleteResiliencyGroup,
  AssociateConnectionsToResiliencyGroup,
  DisassociateConnectionsFromResiliencyGroup,
  ListResiliencyGroupAssociations,

  // Tags
  TagResource,
  UntagResource,
  DescribeTags,

  // Accounts
  DescribeCustomerMetadata,
  ConfirmCustomerAgreement,
}

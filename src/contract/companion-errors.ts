/**
 * The errors of the few EC2, STS and tagging calls that clients of Direct Connect need, with their HTTP status.
 * @source AWS's lists of error codes of the three services
 */
export const companionErrors = {
  // EC2
  AuthFailure: { status: 401 },
  CidrLimitExceeded: { status: 400 },
  DependencyViolation: { status: 400 },
  DryRunOperation: { status: 412 },
  DuplicateSubnetsInSameZone: { status: 400 },
  DuplicateTransitGatewayAttachment: { status: 400 },
  FilterLimitExceeded: { status: 400 },
  'Gateway.NotAttached': { status: 400 },
  IdempotentParameterMismatch: { status: 400 },
  IncorrectState: { status: 400 },
  InternalError: { status: 500 },
  InvalidAction: { status: 400 },
  InvalidID: { status: 400 },
  'InvalidNetworkInterfaceID.NotFound': { status: 400 },
  InvalidPaginationToken: { status: 400 },
  InvalidParameterCombination: { status: 400 },
  InvalidParameterValue: { status: 400 },
  'InvalidRouteTableID.NotFound': { status: 400 },
  'InvalidSubnet.Conflict': { status: 400 },
  'InvalidSubnet.Range': { status: 400 },
  'InvalidSubnetID.NotFound': { status: 400 },
  'InvalidTransitGatewayAttachmentID.NotFound': { status: 400 },
  'InvalidTransitGatewayID.NotFound': { status: 400 },
  'InvalidVpc.Range': { status: 400 },
  'InvalidVpcCidrBlockAssociationID.NotFound': { status: 400 },
  'InvalidVpcID.NotFound': { status: 400 },
  InvalidVpcState: { status: 400 },
  'InvalidVpnGatewayAttachment.NotFound': { status: 400 },
  'InvalidVpnGatewayID.NotFound': { status: 400 },
  MissingParameter: { status: 400 },
  NoSuchVersion: { status: 400 },
  OperationNotPermitted: { status: 400 },
  RequestLimitExceeded: { status: 503 },
  RouteTableLimitExceeded: { status: 400 },
  SubnetLimitExceeded: { status: 400 },
  TagLimitExceeded: { status: 400 },
  TransitGatewayLimitExceeded: { status: 400 },
  UnknownParameter: { status: 400 },
  UnsupportedOperation: { status: 400 },
  VpcLimitExceeded: { status: 400 },
  VpnGatewayAttachmentLimitExceeded: { status: 400 },
  VpnGatewayLimitExceeded: { status: 400 },
  // STS
  AccessDenied: { status: 403 },
  ValidationError: { status: 400 },
  // Resource Groups Tagging
  InvalidParameterException: { status: 400 },
  PaginationTokenExpiredException: { status: 400 },
} as const satisfies Record<string, { readonly status: number }>

export type CompanionErrorName = keyof typeof companionErrors

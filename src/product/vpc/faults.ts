import type { CompanionErrorName } from '../../contract/companion-errors.ts'
import { quote } from '../../contract/quote.ts'
import { Fault } from '../fault.ts'
import type { TransitGatewayAttachment } from './transit-gateway-attachment.ts'

/** A refusal in EC2's words. */
export function refuse(code: CompanionErrorName, message: string): Fault {
  return new Fault(code, message)
}

/** A value that a parameter cannot have, and why. */
export function invalid(parameter: string, value: string | number, why: string): Fault {
  return refuse(
    'InvalidParameterValue',
    `Value (${quote(String(value)).slice(1, -1)}) for parameter ${parameter} is invalid. ${why}`,
  )
}

/**
 * The texts that clients match on, each in the one place that may spell it.
 * @source what EC2 was seen to answer, in issues of its clients; behaviour catalogue I.7
 */
export const faults = {
  vpcNotFound: (id: string) => refuse('InvalidVpcID.NotFound', `The vpc ID ${quote(id)} does not exist`),
  vpnGatewayNotFound: (id: string) =>
    refuse('InvalidVpnGatewayID.NotFound', `The vpnGateway ID ${quote(id)} does not exist`),
  transitGatewayNotFound: (id: string) =>
    refuse(
      'InvalidTransitGatewayID.NotFound',
      `Transit Gateway ${quote(id).slice(1, -1)} was deleted or does not exist.`,
    ),
  subnetNotFound: (id: string) => refuse('InvalidSubnetID.NotFound', `The subnet ID ${quote(id)} does not exist`),
  networkInterfaceNotFound: (id: string) =>
    refuse('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID ${quote(id)} does not exist`),
  transitGatewayAttachmentNotFound: (id: string) =>
    refuse(
      'InvalidTransitGatewayAttachmentID.NotFound',
      `Transit Gateway Attachment ${quote(id).slice(1, -1)} was deleted or does not exist.`,
    ),
  transitGatewayRouteTableNotFound: (id: string) =>
    refuse(
      'InvalidRouteTableID.NotFound',
      `Transit Gateway Route Table ${quote(id).slice(1, -1)} was deleted or does not exist.`,
    ),
  routeTableNotFound: (id: string) =>
    refuse('InvalidRouteTableID.NotFound', `The routeTable ID ${quote(id)} does not exist`),
  vpcInUse: (id: string) => refuse('DependencyViolation', `The vpc '${id}' has dependencies and cannot be deleted.`),
  subnetInUse: (id: string) =>
    refuse('DependencyViolation', `The subnet '${id}' has dependencies and cannot be deleted.`),
  routeTableInUse: (id: string) =>
    refuse('DependencyViolation', `The routeTable '${id}' has dependencies and cannot be deleted.`),
  vpnGatewayInUse: () => refuse('IncorrectState', 'The VPN gateway is in use.'),
  vpcHasGateway: (id: string) =>
    refuse('InvalidVpcState', `VPC ${id} is currently attached to the Virtual Private Gateway.`),
  gatewayHasVpc: (id: string) =>
    refuse('VpnGatewayAttachmentLimitExceeded', `The virtual private gateway ${id} is attached to another VPC.`),
  notAttached: (gatewayId: string, vpcId: string) =>
    refuse(
      'InvalidVpnGatewayAttachment.NotFound',
      `The attachment with vpn gateway ID ${quote(gatewayId)} and vpc ID ${quote(vpcId)} does not exist`,
    ),
  transitGatewayInUse: (id: string, attachments: readonly TransitGatewayAttachment[]) => {
    const [type, ids] = [...Map.groupBy(attachments, ({ resourceType }) => resourceType)][0] ?? []
    const what = type === 'vpc' ? 'VPC' : 'DirectConnect Gateway'
    const named = (ids ?? []).map((attachment) => attachment.id).join(', ')
    return refuse('IncorrectState', `${id} has non-deleted ${what} Attachments: ${named}.`)
  },
  vpcAttachedAlready: (id: string) =>
    refuse('DuplicateTransitGatewayAttachment', `${id} has non-deleted Transit Gateway Attachments with same VPC ID.`),
  missing: (parameter: string) => refuse('MissingParameter', `The request must contain the parameter ${parameter}`),
} as const

import type { AddressFamily } from '../addresses/cidr.ts'
import type { AnnouncedRoute } from '../routing/announced.ts'
import type { VirtualInterfaceType } from '../virtual-interfaces/virtual-interface.ts'

/**
 * What the fabric should look like, as it follows from all the facts at one instant. It says nothing of how that is done:
 * a fabric compares it with what it has and applies the difference.
 */
export interface Desired {
  readonly devices: readonly DesiredDevice[]
  readonly gateways: readonly DesiredGateway[]
  readonly vpcs: readonly DesiredVpc[]
}

/** A device, with the ports that connections have. */
export interface DesiredDevice {
  readonly id: string
  readonly cables: readonly DesiredCable[]
  readonly bundles: readonly DesiredBundle[]
}

/** A port that a connection has. */
export interface DesiredCable {
  readonly connectionId: string
  readonly portId: string
  /** The interface of the host that this port is. */
  readonly interfaceName: string
  /** Whether its cross connect is plugged, and nothing that was injected breaks it. */
  readonly plugged: boolean
  /** Whether it may carry frames under MACsec only. */
  readonly mustEncrypt: boolean
  /** The LAG that it is a member of. */
  readonly lagId: string | null
}

/** A LAG with LACP. */
export interface DesiredBundle {
  readonly lagId: string
  /** As many members have to be up; 1 at least. */
  readonly minimumLinks: number
}

/** Where sessions end on our side: one router for all the virtual interfaces that lead to one gateway. */
export interface DesiredGateway {
  /** A virtual private gateway's or Direct Connect gateway's, with its owner; `public us-east-1` for a Region's public side. */
  readonly id: string
  readonly asn: number
  /** Oldest first. */
  readonly virtualInterfaces: readonly DesiredVirtualInterface[]
  /** The VPCs behind it. */
  readonly vpcIds: readonly string[]
}

export interface DesiredVirtualInterface {
  readonly id: string
  readonly type: VirtualInterfaceType
  readonly deviceId: string
  /** The connection whose port carries its VLAN, or the LAG. */
  readonly carrierId: string
  readonly vlan: number
  /** In bytes, of IP packets. */
  readonly mtu: number
  /** Bits a second in each direction; null: as fast as the port. */
  readonly limitBps: number | null
  readonly siteLinkEnabled: boolean
  /** The Region of its location. */
  readonly region: string
  /** Public: what may come in, as routes and as sources of packets. */
  readonly routeFilterPrefixes: readonly string[]
  /** Why it is not configured at all, in words for people; null: it is. */
  readonly withheld: string | null
  readonly sessions: readonly DesiredSession[]
}

export interface DesiredSession {
  readonly bgpPeerId: string
  readonly family: AddressFamily
  /** The customer's. */
  readonly asn: number
  /** With prefix length. */
  readonly customerAddress: string
  readonly amazonAddress: string
  readonly authKey: string
  /** So many prefixes are accepted; one more and the session goes Idle. */
  readonly prefixLimit: number
  /** Why it is not configured at all, nor its addresses; null: it is. */
  readonly withheld: string | null
  /** Why it is shut down, in words for people; null: it is not. */
  readonly shutDown: string | null
  /** When the session was last cleared; null: never. */
  readonly clearedAt: number | null
  /** What we announce on it, without what SiteLink brings from other virtual interfaces. */
  readonly announced: readonly Pick<AnnouncedRoute, 'cidr' | 'asPath' | 'communities'>[]
}

/** A VPC: its blocks can be reached. */
export interface DesiredVpc {
  readonly id: string
  /** Which locations are near: ways out of it are preferred by that. */
  readonly region: string
  readonly cidrs: readonly string[]
}

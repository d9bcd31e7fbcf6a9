import type { RunningProcesses } from '../../linux/daemons.ts'
import type { DesiredDevice, DesiredGateway, DesiredVpc } from '../../product/desired/desired.ts'
import type { Seen } from '../../product/sightings/seen.ts'
import type { Traffic } from '../fabric.ts'
import type { Names } from './names.ts'

/** What each half of the fabric is given. */
export interface PartOptions {
  readonly names: Names
  /** A directory of its own, for what the next run has to know. */
  readonly directory: string
  readonly warn: (facts: object, message: string) => void
  /** What ran when we began: the daemons of an earlier run are among it. */
  readonly running: RunningProcesses
}

/**
 * The piece of cable between a device and a gateway that a virtual interface is. Its ends are `interfaceOf(id)` in the
 * namespaces of the device and of the gateway.
 */
export interface Wire {
  /** The virtual interface's. */
  readonly id: string
  readonly deviceId: string
  readonly gatewayId: string
  /** The connection whose port carries its VLAN, or the LAG. */
  readonly carrierId: string
  readonly vlan: number
}

/** By virtual interface, the index that the device's end of its wire has, which no other wire ever had. */
export type WiresPresent = ReadonlyMap<string, number>

/** Where cables end: ports, LAGs, VLANs. */
export interface Devices {
  /**
   * Makes ports, LAGs and wires as they should be; what is the same as before costs nothing. Afterwards the gateway's end
   * of each wire is there, up, with an MTU of 9001, in the gateway's namespace, which is made if it is missing. An end
   * has carrier as long as the port or LAG beneath it is up: its loss is passed on at once, not by `apply`. Returns which
   * wires there are: one that had to be made anew, for whatever reason, is another one.
   */
  apply(devices: readonly DesiredDevice[], wires: readonly Wire[]): Promise<WiresPresent>
  /** Links of connections, and LAGs. */
  look(): readonly Seen[]
  /** What connections have carried. */
  count(): readonly Traffic[]
  onChange(listener: () => void): void
  end(how: 'keep' | 'remove'): Promise<void>
}

/** Whether the port of a connection, or a LAG, carries frames, by its id. */
export type Carries = (carrierId: string) => boolean

/** Where sessions end: routers, and the VPCs behind them. */
export interface Gateways {
  /** Follows `Devices.apply`, so that the wires are there. */
  apply(gateways: readonly DesiredGateway[], vpcs: readonly DesiredVpc[], wires?: WiresPresent): Promise<void>
  /** What virtual interfaces have carried. */
  count(): readonly Traffic[]
  /** Sessions of BGP peers. */
  look(carries: Carries): Promise<readonly Seen[]>
  onChange(listener: () => void): void
  /** `remove` leaves no namespace, process or file. */
  end(how: 'keep' | 'remove'): Promise<void>
}

/** In bytes, of IP packets: what every cable carries. What a virtual interface carries is the matter of its gateway. */
export const wireMtu = 9_001

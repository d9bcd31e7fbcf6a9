import type { Fabric, FabricDriver } from '../fabric.ts'
import { observeSightings } from './observed.ts'

/** The fabric that carries packets: Open vSwitch where cables end, FRR in a network namespace for each gateway. */
export interface LinuxFabric {
  readonly fabric: Fabric
  readonly driver: FabricDriver
}

export interface LinuxFabricParts {
  /** Where it keeps what the next run has to know: configurations, sockets, the ids of processes. */
  readonly directory: string
  /** Something that whoever runs the service should know, such as a daemon that died and was started again. */
  readonly warn: (facts: object, message: string) => void
}

/** This machine cannot carry packets; the message says in one line what is missing. */
export class FabricUnusable extends Error {
  override readonly name = 'FabricUnusable'
}

/** Takes over what is there of an earlier run with the same directory. Throws `FabricUnusable`. */
export async function openLinuxFabric(_parts: LinuxFabricParts): Promise<LinuxFabric> {
  const fabric: Fabric = { name: 'linux', observe: observeSightings }
  throw new FabricUnusable(`${fabric.name} is not built yet`)
}

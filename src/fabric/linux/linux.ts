import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runningProcesses } from '../../linux/daemons.ts'
import type { DesiredGateway } from '../../product/desired/desired.ts'
import type { FabricDriver } from '../fabric.ts'
import { openDevices } from './devices.ts'
import { openGateways } from './gateways.ts'
import { namesFor } from './names.ts'
import type { Devices, Gateways, Wire, WiresPresent } from './parts.ts'
import { whatIsMissing } from './probe.ts'

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

/**
 * The side that acts of the fabric that carries packets: Open vSwitch where cables end, FRR in a network namespace for
 * each gateway. Takes over what is there of an earlier run with the same directory. Throws `FabricUnusable`.
 */
export async function openLinuxFabric({ directory, warn }: LinuxFabricParts): Promise<FabricDriver> {
  const missing = whatIsMissing(resolve(directory))
  if (missing !== null) throw new FabricUnusable(missing)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const names = namesFor(directory)
  const running = runningProcesses()
  const part = (folder: string) => ({ names, running, warn, directory: join(realpathSync(directory), folder) })
  const devices = openDevices(part('d'))
  const gateways = openGateways(part('g'))
  return joined(devices, gateways, directory)
}

/**
 * Devices first, since what gateways have wires to must be there; but where wires go, gateways before that, so that a
 * customer's router hears of the end of a session over the wire that it had.
 */
function joined(devices: Devices, gateways: Gateways, directory: string): FabricDriver {
  let wired: ReadonlySet<string> = new Set()
  let present: WiresPresent = new Map()
  return {
    async apply(desired) {
      const wires = desired.gateways.flatMap(wiresOf)
      const staying = new Set(wires.map(({ id }) => id))
      if (!wired.isSubsetOf(staying))
        await gateways.apply(
          desired.gateways.map((gateway) => withoutNew(gateway, wired)),
          desired.vpcs,
          present,
        )
      present = await devices.apply(desired.devices, wires)
      await gateways.apply(desired.gateways, desired.vpcs, present)
      wired = staying
    },
    async look() {
      const seen = devices.look()
      const up = new Set(seen.flatMap((each) => (each.up ? each.id : [])))
      return [...seen, ...(await gateways.look((carrierId) => up.has(carrierId)))]
    },
    count: () => [...devices.count(), ...gateways.count()],
    onChange(listener) {
      devices.onChange(listener)
      gateways.onChange(listener)
    },
    async end(how) {
      await gateways.end(how)
      await devices.end(how)
      if (how === 'remove') rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** A gateway as far as its wires are there. */
function withoutNew(gateway: DesiredGateway, wired: ReadonlySet<string>): DesiredGateway {
  return { ...gateway, virtualInterfaces: gateway.virtualInterfaces.filter(({ id }) => wired.has(id)) }
}

/** What is withheld has no wire. */
function wiresOf({ id: gatewayId, virtualInterfaces }: DesiredGateway): readonly Wire[] {
  return virtualInterfaces.flatMap(({ id, deviceId, carrierId, vlan, withheld }) =>
    withheld === null ? { id, deviceId, gatewayId, carrierId, vlan } : [],
  )
}

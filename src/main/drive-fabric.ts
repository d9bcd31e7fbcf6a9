import { hostname } from 'node:os'
import { join } from 'node:path'
import type { FabricDriver } from '../fabric/fabric.ts'
import type { Log } from '../observe/log.ts'
import { fingerprint } from '../product/fingerprint.ts'
import type { OpenedStore } from './open-store.ts'
import { type Options, UsageError } from './options.ts'

/** The side of the linux fabric that acts, for as long as it is this server that may act on this host. */
export interface Driving {
  /** null: another server drives the fabric of this host now. */
  readonly driver: () => Promise<FabricDriver | null>
  /** What drives now. */
  readonly present: () => FabricDriver | null
  readonly end: () => Promise<void>
}

/** Servers that share a database take turns: whoever comes next finds what the one before has left. Throws UsageError. */
export async function driveFabric(
  options: Options,
  { lease: leaseOf, shared }: Pick<OpenedStore, 'lease' | 'shared'>,
  log: Log,
): Promise<Driving> {
  const { openLinuxFabric, FabricUnusable } = await import('../fabric/linux/linux.ts')
  const warn = (facts: object, message: string) => log.warn(facts, message)
  const open = () => openLinuxFabric({ directory: fabricDirectory(options, shared), warn })
  const lease = leaseOf(`crossconnect fabric of ${hostname()}`)
  let present: FabricDriver | null = null

  async function driver(): Promise<FabricDriver | null> {
    const isOurs = await lease.held()
    if (!isOurs) {
      await present?.end('keep')
      present = null
    } else present ??= await open()
    return present
  }
  try {
    await driver()
  } catch (error) {
    await lease.end()
    throw error instanceof FabricUnusable ? new UsageError(`--fabric linux: ${error.message}`) : error
  }
  return {
    driver,
    present: () => present,
    async end() {
      await present?.end(options.fabricCleanup ? 'remove' : 'keep')
      await lease.end()
    },
  }
}

/** Servers on one host that share a database find the same fabric, whatever their data directories and passwords are. */
function fabricDirectory({ data }: Options, shared: string | null): string {
  return shared === null ? join(data, 'fabric') : join('/run/crossconnect', `shared-${fingerprint(shared)}`)
}

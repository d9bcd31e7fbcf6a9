import { cpus, hostname, loadavg, release, totalmem } from 'node:os'
import { run } from '../../src/linux/command.ts'

export interface Machine {
  readonly host: string
  readonly kernel: string
  readonly processors: string
  readonly memoryGib: number
  readonly node: string
  readonly openVswitch: string
  readonly frr: string
}

/** What the figures were taken on. */
export async function machine(): Promise<Machine> {
  const [first] = cpus()
  return {
    host: hostname(),
    kernel: release(),
    processors: `${cpus().length} x ${first?.model ?? 'unknown'}`,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    openVswitch: await versionIn('/usr/sbin/ovs-vswitchd'),
    frr: await versionIn('/usr/lib/frr/bgpd'),
  }
}

/** How many processes ran or wanted to, on average over the last minute: with more than processors, times are longer. */
export function loadNow(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1))
}

async function versionIn(program: string): Promise<string> {
  return /\d+\.\d+(?:\.\d+)?/.exec(await run(program, ['--version']))?.[0] ?? 'unknown'
}

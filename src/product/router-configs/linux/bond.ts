import type { Setup } from '../setup.ts'
import { portOf, usedPorts } from './devices.ts'

/** A LAG is a bond that speaks LACP every second, as we do. */
export function bondLines(setup: Setup): readonly string[] {
  const { carrier } = setup
  if (carrier.kind === 'port') return []
  const bond = portOf(setup)
  const options = `mode 802.3ad lacp_rate fast miimon 100 xmit_hash_policy layer3+4 min_links ${carrier.minimumLinks}`
  return [
    `# The LAG: ${carrier.memberIds.length} ports, of which at least ${carrier.minimumLinks} must be up.`,
    `ip link show dev ${bond} >/dev/null 2>&1 || ip link add name ${bond} type bond ${options}`,
    ...usedPorts(setup).flatMap((port) => [
      `ip link set dev ${port} down`,
      `ip link set dev ${port} master ${bond}`,
      `ip link set dev ${port} up`,
    ]),
  ]
}

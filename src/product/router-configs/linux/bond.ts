import type { Setup } from '../setup.ts'
import { portOf, usedPorts } from './devices.ts'

/**
 * A LAG is a bond that speaks LACP every second, as we do. Ports that are in it stay in it. A bond of this mode leaves a port
 * as soon as its light goes (bond_slave_netdev_event in the kernel); how often it looks besides is the kernel's own value.
 */
export function bondLines(setup: Setup): readonly string[] {
  const { carrier } = setup
  if (carrier.kind === 'port') return []
  const bond = portOf(setup)
  return [
    `# The LAG: ${carrier.memberIds.length} ports, of which at least ${carrier.minimumLinks} must be up.`,
    `ip link show dev ${bond} >/dev/null 2>&1 ||`,
    `  ip link add name ${bond} type bond mode 802.3ad lacp_rate fast miimon 100 \\`,
    `    xmit_hash_policy layer3+4 min_links ${carrier.minimumLinks}`,
    ...usedPorts(setup).flatMap((port) => [
      `ip link show dev ${port} | grep -q 'master ${bond}' || {`,
      `  ip link set dev ${port} down`,
      `  ip link set dev ${port} master ${bond}`,
      `  ip link set dev ${port} up`,
      '}',
    ]),
  ]
}

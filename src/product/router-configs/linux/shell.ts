import { remarks } from '../names.ts'
import { portsAdvice } from '../ports-advice.ts'
import type { Setup } from '../setup.ts'
import { bondLines } from './bond.ts'
import { deviceOf, port, portOf, usedPorts } from './devices.ts'
import { macSecLines } from './macsec.ts'

/**
 * A shell script that makes the interface of a virtual interface, which no routing daemon does, with its comments. It may
 * run again, and for another virtual interface on the same port.
 */
export function shellLines(setup: Setup): readonly string[] {
  const { vlan, mtu, carrier } = setup
  const device = deviceOf(setup)
  const lower = carrier.kind === 'lag' ? portOf(setup) : usedPorts(setup).join()
  return [
    ...remarks('#', portsAdvice(setup, port)),
    ...macSecLines(setup),
    ...bondLines(setup),
    '# The VLAN. The port takes the largest packets of any virtual interface, the VLAN its own.',
    `ip link set dev ${lower} mtu ${largestMtu} up`,
    `ip link show dev ${device} >/dev/null 2>&1 ||`,
    `  ip link add link ${lower} name ${device} type vlan id ${vlan}`,
    `ip link set dev ${device} mtu ${mtu} up`,
    '# A router forwards, and keeps the IPv6 addresses of a link that is down.',
    'sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1',
    'sysctl -qw net.ipv6.conf.all.keep_addr_on_down=1',
    '# All this lasts until the next start: let the network configuration of your system say it too.',
  ]
}

/** In bytes, of IP packets. @source behaviour catalogue C.4 */
const largestMtu = 9001

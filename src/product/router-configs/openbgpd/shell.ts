import { macSecElsewhere } from '../macsec-advice.ts'
import { cabledPorts, remarks } from '../names.ts'
import { cidrOf } from '../notation.ts'
import { portsAdvice } from '../ports-advice.ts'
import type { Setup } from '../setup.ts'

/** Shell commands for OpenBSD, which make the interface and may run again. */
export function shellLines(setup: Setup): readonly string[] {
  const { vlan, mtu, description, carrier, sessions, prefixes } = setup
  const device = `vlan${vlan}`
  const parent = carrier.kind === 'lag' ? 'aggr0' : 'em1'
  return [
    ...remarks('#', portsAdvice(setup, port)),
    '# They take the largest packets of any virtual interface, the VLAN its own.',
    ...cabledPorts(setup, port).flatMap((name) => [
      `echo 'mtu 9001 up' >/etc/hostname.${name}`,
      `sh /etc/netstart ${name}`,
    ]),
    ...(carrier.kind === 'lag' ? bundleLines(parent, cabledPorts(setup, port), carrier.minimumLinks) : []),
    ...remarks('#', macSecElsewhere(setup, 'OpenBSD')),
    `cat >/etc/hostname.${device} <<'END'`,
    `vnetid ${vlan} parent ${parent} mtu ${mtu} description "${description}"`,
    ...sessions.map(
      ({ family, customerAddress, prefixLength }) =>
        `${family === 'ipv4' ? 'inet' : 'inet6'} ${customerAddress}/${prefixLength}`,
    ),
    ...(prefixes.length > 0 ? ['# Your public prefixes, for what no longer prefix in your network leads to.'] : []),
    ...prefixes.map((prefix) =>
      prefix.family === 'ipv4'
        ? `!route -nq add -inet ${cidrOf(prefix)} 127.0.0.1 -blackhole`
        : `!route -nq add -inet6 ${cidrOf(prefix)} ::1 -blackhole`,
    ),
    'up',
    'END',
    `sh /etc/netstart ${device}`,
    '# A router forwards; /etc/sysctl.conf keeps it so after the next start.',
    'sysctl net.inet.ip.forwarding=1 net.inet6.ip6.forwarding=1',
  ]
}

function port(index: number): string {
  return `em${index + 1}`
}

function bundleLines(bundle: string, ports: readonly string[], minimumLinks: number): readonly string[] {
  return [
    `# The LAG, which speaks LACP every second. We need ${minimumLinks} of its ports up; OpenBSD has no such setting.`,
    `cat >/etc/hostname.${bundle} <<'END'`,
    ...ports.map((port) => `trunkport ${port}`),
    'lacpmode active lacptimeout fast mtu 9001 up',
    'END',
    `sh /etc/netstart ${bundle}`,
  ]
}

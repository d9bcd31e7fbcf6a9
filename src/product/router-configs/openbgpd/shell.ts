import { cidrOf } from '../notation.ts'
import type { Setup } from '../setup.ts'

/** Shell commands for OpenBSD, which make the interface and may run again. */
export function shellLines(setup: Setup): readonly string[] {
  const { vlan, mtu, description, carrier, sessions, prefixes } = setup
  const device = `vlan${vlan}`
  const parent = carrier.kind === 'lag' ? 'aggr0' : 'em1'
  return [
    ...(carrier.kind === 'lag' ? bundleLines(parent, carrier.memberIds.length, carrier.minimumLinks) : portLines()),
    ...macSecLines(setup),
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
    '# A router forwards, and shares the load of equal paths.',
    'sysctl net.inet.ip.forwarding=1 net.inet6.ip6.forwarding=1',
    'sysctl net.inet.ip.multipath=1 net.inet6.ip6.multipath=1',
  ]
}

function portLines(): readonly string[] {
  return [
    '# em1 is the port that the cross connect is plugged into. It takes the largest packets of',
    '# any virtual interface, the VLAN its own.',
    "echo 'mtu 9001 up' >/etc/hostname.em1",
    'sh /etc/netstart em1',
  ]
}

function bundleLines(bundle: string, count: number, minimumLinks: number): readonly string[] {
  const ports = Array.from({ length: count }, (_, index) => `em${index + 1}`)
  return [
    `# ${ports.join(' and ')} are the ports that the cross connects are plugged into. They take the largest`,
    '# packets of any virtual interface, the VLAN its own. We speak LACP every second.',
    `# We need ${minimumLinks} of them up; OpenBSD has no such setting.`,
    ...ports.flatMap((port) => [`echo 'mtu 9001 up' >/etc/hostname.${port}`, `sh /etc/netstart ${port}`]),
    `cat >/etc/hostname.${bundle} <<'END'`,
    ...ports.map((port) => `trunkport ${port}`),
    'lacpmode active lacptimeout fast mtu 9001 up',
    'END',
    `sh /etc/netstart ${bundle}`,
  ]
}

function macSecLines({ macSec }: Setup): readonly string[] {
  if (macSec === null) return []
  return [
    `# MACsec: this connection can encrypt (its mode is ${macSec.mode}) and OpenBSD cannot. With`,
    '# must_encrypt put hardware that does in front of this router.',
  ]
}

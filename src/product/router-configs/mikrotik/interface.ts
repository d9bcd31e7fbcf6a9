import { cabledPorts, sharedName } from '../names.ts'
import { cidrOf } from '../notation.ts'
import { bfd } from '../session-facts.ts'
import type { Setup } from '../setup.ts'
import { carrierPort, ip, portName, quotedValue } from './words.ts'

/** In bytes, of packets without and with a tag: what any virtual interface may need. */
const portMtu = { mtu: 9100, l2mtu: 9104 } as const

/** The VLAN of the virtual interface bears its id. */
export function interfaceLines(setup: Setup): readonly string[] {
  const { id, vlan, mtu, description, sessions, carrier } = setup
  const { intervalMs, multiplier } = bfd
  return [
    '#',
    '# The port, and the VLAN of the virtual interface.',
    ...(mtu > 1500 ? jumboLines(setup) : []),
    ...(carrier.kind === 'lag'
      ? []
      : [`/interface ethernet set [find default-name=${portName(setup, 0)}] disabled=no comment=${carrier.id}`]),
    `/interface vlan add name=${id} interface=${carrierPort(setup)} vlan-id=${vlan} mtu=${mtu} comment=${quotedValue(description)}`,
    ...sessions.map(({ family, customerAddress, prefixLength }) => {
      const address = `${ip(family)} address add address=${customerAddress}/${prefixLength} interface=${id}`
      return family === 'ipv4' ? address : `${address} advertise=no`
    }),
    '#',
    '# BFD is on at our side and waits for yours.',
    `/routing bfd configuration add interfaces=${id} min-rx=${intervalMs}ms min-tx=${intervalMs}ms multiplier=${multiplier}`,
  ]
}

function jumboLines(setup: Setup): readonly string[] {
  const { mtu, l2mtu } = portMtu
  return [
    ...cabledPorts(setup, (index) => portName(setup, index)).map(
      (port) => `/interface ethernet set [find default-name=${port}] l2mtu=${l2mtu} mtu=${mtu}`,
    ),
    ...(setup.carrier.kind === 'lag' ? [`/interface bonding set [find name=${sharedName}] mtu=${mtu}`] : []),
  ]
}

/** What stands for the whole of each public prefix, unless the router has a better route for it. */
export function discardLines({ prefixes }: Setup): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    '#',
    '# Your public prefixes, for what no longer prefix in your network leads to.',
    ...prefixes.map((prefix) => `${ip(prefix.family)} route add dst-address=${cidrOf(prefix)} blackhole distance=254`),
  ]
}

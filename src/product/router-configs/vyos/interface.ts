import { cidrOf } from '../notation.ts'
import type { Setup } from '../setup.ts'
import { carrierPath, literal } from './words.ts'

/** In bytes, of packets: what any virtual interface may need, so that each configuration asks for the same. */
const portMtu = 9001

export function interfaceLines(setup: Setup): readonly string[] {
  const { carrier, vlan, mtu, description, sessions } = setup
  const port = carrierPath(setup)
  const vif = `${port} vif ${vlan}`
  return [
    '#',
    '# The port, and the VLAN of the virtual interface.',
    ...(carrier.kind === 'lag' ? [] : [`${port} description ${literal(carrier.id)}`]),
    ...(mtu > 1500 ? [`${port} mtu ${portMtu}`] : []),
    `${vif} description ${literal(description)}`,
    `${vif} mtu ${mtu}`,
    ...sessions.map(({ customerAddress, prefixLength }) => `${vif} address ${customerAddress}/${prefixLength}`),
  ]
}

/** What stands for the whole of each public prefix, unless the router has a better route for it. */
export function discardLines({ prefixes }: Setup): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    '#',
    '# Your public prefixes, for what no longer prefix in your network leads to.',
    ...prefixes.map((prefix) => {
      const route = prefix.family === 'ipv4' ? 'route' : 'route6'
      return `set protocols static ${route} ${cidrOf(prefix)} blackhole distance 254`
    }),
  ]
}

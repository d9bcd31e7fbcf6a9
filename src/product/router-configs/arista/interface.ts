import { ip, section } from '../cisco/words.ts'
import { bfd } from '../session-facts.ts'
import type { Setup } from '../setup.ts'
import { macSecPortLines } from './macsec.ts'

/** In bytes, of packets: what any virtual interface may need, so that each configuration asks for the same. */
export const portMtu = 9194

export function portName(index: number): string {
  return `Ethernet${index + 1}`
}

export function carrierPort({ carrier }: Setup): string {
  return carrier.kind === 'lag' ? 'Port-Channel1' : portName(0)
}

/** The port, unless it is in a bundle, and on it or the bundle the subinterface of the VLAN. */
export function interfaceLines(setup: Setup): readonly string[] {
  const { carrier, vlan, mtu, description, sessions } = setup
  const port = carrierPort(setup)
  return [
    ...(carrier.kind === 'lag'
      ? []
      : [
          ...section('The port.'),
          `interface ${port}`,
          `   description ${carrier.id}`,
          '   no switchport',
          ...(mtu > 1500 ? [`   mtu ${portMtu}`] : []),
          ...macSecPortLines(setup),
          '   no shutdown',
        ]),
    ...section('The VLAN of the virtual interface, with BFD, which is on at our side and waits.'),
    `interface ${port}.${vlan}`,
    `   description ${description}`,
    `   encapsulation dot1q vlan ${vlan}`,
    `   mtu ${mtu}`,
    ...sessions.map(
      ({ family, customerAddress, prefixLength }) => `   ${ip(family)} address ${customerAddress}/${prefixLength}`,
    ),
    `   bfd interval ${bfd.intervalMs} min-rx ${bfd.intervalMs} multiplier ${bfd.multiplier}`,
    '   no shutdown',
  ]
}

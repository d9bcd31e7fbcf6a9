import { dottedMask } from '../../notation.ts'
import { bfd } from '../../session-facts.ts'
import type { Session, Setup } from '../../setup.ts'
import { section } from '../words.ts'

export interface IosPlatform {
  readonly name: string
  /** The ports that are Ethernet of 1 Gbps, counted from 0. */
  readonly port: (index: number) => string
}

/** In bytes, of packets: what any virtual interface may need, so that each configuration asks for the same. */
export const portMtu = 9216

export function carrierPort({ port }: IosPlatform, { carrier }: Setup): string {
  return carrier.kind === 'lag' ? 'Port-channel1' : port(0)
}

/** The port, unless it is in a bundle, and on it or the bundle the subinterface of the VLAN. */
export function interfaceLines(platform: IosPlatform, setup: Setup): readonly string[] {
  const { carrier, vlan, mtu, description, sessions } = setup
  const port = carrierPort(platform, setup)
  return [
    ...(carrier.kind === 'lag'
      ? []
      : [
          ...section('The port.'),
          `interface ${port}`,
          ` description ${carrier.id}`,
          ...(mtu > 1500 ? [` mtu ${portMtu}`] : []),
          ' no shutdown',
        ]),
    ...section('The VLAN of the virtual interface, with BFD, which is on at our side and waits.'),
    `interface ${port}.${vlan}`,
    ` description ${description}`,
    ` encapsulation dot1Q ${vlan}`,
    ...sessions.flatMap((session) => addressLines(session, mtu)),
    ` bfd interval ${bfd.intervalMs} min_rx ${bfd.intervalMs} multiplier ${bfd.multiplier}`,
  ]
}

function addressLines({ family, customerAddress, prefixLength }: Session, mtu: number): readonly string[] {
  return family === 'ipv4'
    ? [` ip address ${customerAddress} ${dottedMask(prefixLength)}`, ` ip mtu ${mtu}`]
    : [` ipv6 address ${customerAddress}/${prefixLength}`, ` ipv6 mtu ${mtu}`]
}

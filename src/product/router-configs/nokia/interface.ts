import { cabledIds, cabledPorts } from '../names.ts'
import { quoted } from '../notation.ts'
import { bfd } from '../session-facts.ts'
import type { Setup } from '../setup.ts'
import { macSecPortLines } from './macsec.ts'
import { carrierPort, portName, router } from './words.ts'

/** In bytes, of frames: what any virtual interface may need, so that each configuration asks for the same. */
const portMtu = 9212

/** The physical ports, which take tagged frames. */
export function portLines(setup: Setup): readonly string[] {
  const ids = cabledIds(setup)
  return [
    '#',
    '# The port, whose MTU counts frames.',
    ...cabledPorts(setup, portName).flatMap((name, index) => {
      const port = `/configure port ${name}`
      return [
        `${port} description ${quoted(ids[index] ?? '')}`,
        `${port} ethernet mode hybrid`,
        `${port} ethernet encap-type dot1q`,
        ...(setup.mtu > 1500 ? [`${port} ethernet mtu ${portMtu}`] : []),
        ...macSecPortLines(setup, port),
        `${port} admin-state enable`,
      ]
    }),
  ]
}

/** The router's interface in the VLAN of the virtual interface bears its id. */
export function interfaceLines(setup: Setup): readonly string[] {
  const { id, vlan, mtu, description, sessions } = setup
  const self = `${router} interface ${quoted(id)}`
  return [
    '#',
    '# The VLAN of the virtual interface, whose MTU counts packets, with BFD, which is on at',
    '# our side and waits.',
    `${self} description ${quoted(description)}`,
    `${self} port ${carrierPort(setup)}:${vlan}`,
    `${self} ip-mtu ${mtu}`,
    ...sessions.flatMap(({ family, customerAddress, prefixLength }) => [
      ...(family === 'ipv4'
        ? [`${self} ipv4 primary address ${customerAddress}`, `${self} ipv4 primary prefix-length ${prefixLength}`]
        : [`${self} ipv6 address ${customerAddress} prefix-length ${prefixLength}`]),
      `${self} ${family} bfd admin-state enable`,
      `${self} ${family} bfd transmit-interval ${bfd.intervalMs}`,
      `${self} ${family} bfd receive ${bfd.intervalMs}`,
      `${self} ${family} bfd multiplier ${bfd.multiplier}`,
    ]),
    `${self} admin-state enable`,
  ]
}

import { cabledIds, cabledPorts } from '../names.ts'
import { quoted } from '../notation.ts'
import { wrapped } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { carrierPort, inet, portName } from './words.ts'

/** In bytes, of frames: what any virtual interface may need, so that each configuration asks for the same. */
export const portMtu = 9192

/** Which cross connect is plugged into which port. */
export function portsText(setup: Setup): readonly string[] {
  const ids = cabledIds(setup)
  const ports = cabledPorts(setup, (index) => portName(setup, index)).map((name, index) => `${name} (${ids[index]})`)
  return wrapped(`Use the interface that the cross connect is plugged into in place of ${ports.join(' and ')}.`)
}

/** The port or the bundle takes tagged frames; the unit is the VLAN of the virtual interface. */
export function interfaceLines(setup: Setup): readonly string[] {
  const { carrier, vlan, mtu, description, sessions } = setup
  const port = `set interfaces ${carrierPort(setup)}`
  const unit = `${port} unit ${vlan}`
  return [
    '#',
    '# The port, whose MTU counts frames, and the VLAN of the virtual interface, whose MTU',
    '# counts packets.',
    `${port} description ${quoted(carrier.id)}`,
    `${port} vlan-tagging`,
    ...(mtu > 1500 ? [`${port} mtu ${portMtu}`] : []),
    `${unit} description ${quoted(description)}`,
    `${unit} vlan-id ${vlan}`,
    ...sessions.flatMap(({ family, customerAddress, prefixLength }) => [
      `${unit} family ${inet(family)} mtu ${mtu}`,
      `${unit} family ${inet(family)} address ${customerAddress}/${prefixLength}`,
    ]),
  ]
}

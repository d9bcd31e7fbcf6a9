import { quoted } from '../notation.ts'
import type { Setup } from '../setup.ts'
import { carrierPort, inet } from './words.ts'

/** In bytes, of frames: what any virtual interface may need, so that each configuration asks for the same. */
const portMtu = 9192

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

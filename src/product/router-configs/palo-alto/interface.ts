import { sharedName } from '../names.ts'
import { quoted } from '../notation.ts'
import type { Setup } from '../setup.ts'
import { portName, unitName, virtualRouter } from './words.ts'

/** In bytes, of packets: the most that the firewall takes. */
const jumboMtu = 9192

/** The unit is the VLAN of the virtual interface, in a zone of its own kind. */
export function interfaceLines(setup: Setup): readonly string[] {
  const { carrier, vlan, mtu, description, sessions } = setup
  const name = unitName(setup)
  const port = carrier.kind === 'lag' ? 'aggregate-ethernet ae1' : `ethernet ${portName(0)}`
  const unit = `set network interface ${port} layer3 units ${name}`
  const profile = `set network profiles interface-management-profile ${sharedName}`
  return [
    ...(mtu > 1500
      ? [
          '#',
          '# Jumbo frames are for the whole firewall, and take a restart if they are new.',
          `set deviceconfig setting jumbo-frame mtu ${jumboMtu}`,
        ]
      : []),
    '#',
    '# The VLAN of the virtual interface. It answers ping.',
    `${profile} ping yes`,
    `${unit} tag ${vlan}`,
    `${unit} comment ${quoted(description)}`,
    `${unit} mtu ${mtu}`,
    `${unit} interface-management-profile ${sharedName}`,
    ...(sessions.some(({ family }) => family === 'ipv6') ? [`${unit} ipv6 enabled yes`] : []),
    ...sessions.map(({ family, customerAddress, prefixLength }) =>
      family === 'ipv4'
        ? `${unit} ip ${customerAddress}/${prefixLength}`
        : `${unit} ipv6 address ${customerAddress}/${prefixLength} enable-on-interface yes`,
    ),
    '#',
    '# Within a zone all may pass, BGP among it; what passes between this zone and your',
    '# others is for your security policies to say.',
    `set zone ${sharedName} network layer3 ${name}`,
    `${virtualRouter} interface ${name}`,
  ]
}

import { section } from '../cisco/words.ts'
import { cabledIds, cabledPorts } from '../names.ts'
import type { Setup } from '../setup.ts'
import { carrierPort, portMtu, portName } from './interface.ts'
import { macSecPortLines } from './macsec.ts'

/** The bundle of a LAG with LACP, which we speak every second. */
export function lagLines(setup: Setup): readonly string[] {
  const { carrier, mtu } = setup
  if (carrier.kind === 'port') return []
  const ids = cabledIds(setup)
  return [
    ...section(`The LAG: ${ids.length} ports, of which at least ${carrier.minimumLinks} must be up.`),
    `interface ${carrierPort(setup)}`,
    `   description ${carrier.id}`,
    '   no switchport',
    ...(mtu > 1500 ? [`   mtu ${portMtu}`] : []),
    `   port-channel min-links ${carrier.minimumLinks}`,
    '   no shutdown',
    ...cabledPorts(setup, portName).flatMap((port, index) => [
      '!',
      `interface ${port}`,
      `   description ${ids[index]}`,
      '   channel-group 1 mode active',
      '   lacp timer fast',
      ...macSecPortLines(setup),
      '   no shutdown',
    ]),
  ]
}

import { cabledIds, cabledPorts } from '../../names.ts'
import type { Setup } from '../../setup.ts'
import { section } from '../words.ts'
import { carrierPort, portMtu, portName } from './interface.ts'
import { macSecPortLines } from './macsec.ts'
import type { NexusPlatform } from './platform.ts'

/** The bundle of a LAG. We speak LACP every second; its rate can be changed on a port that is shut down. */
export function lagLines(platform: NexusPlatform, setup: Setup): readonly string[] {
  const { carrier, mtu } = setup
  if (carrier.kind === 'port') return []
  const ids = cabledIds(setup)
  const jumbo = mtu > 1500 ? [`  mtu ${portMtu}`] : []
  return [
    ...section(`The LAG: ${ids.length} ports, of which at least ${carrier.minimumLinks} must be up.`),
    `interface ${carrierPort(setup)}`,
    `  description ${carrier.id}`,
    '  no switchport',
    ...jumbo,
    `  lacp min-links ${carrier.minimumLinks}`,
    '  no shutdown',
    ...cabledPorts(setup, portName).flatMap((port, index) => [
      '!',
      `interface ${port}`,
      '  shutdown',
      `  description ${ids[index]}`,
      '  no switchport',
      ...jumbo,
      '  channel-group 1 mode active',
      '  lacp rate fast',
      ...macSecPortLines(platform, setup),
      '  no shutdown',
    ]),
  ]
}

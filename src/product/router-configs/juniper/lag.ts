import { cabledIds, cabledPorts } from '../names.ts'
import { quoted } from '../notation.ts'
import type { Setup } from '../setup.ts'
import { portName } from './words.ts'

/** The bundle of a LAG with LACP, which we speak every second. */
export function lagLines(setup: Setup): readonly string[] {
  const { carrier } = setup
  if (carrier.kind === 'port') return []
  const ids = cabledIds(setup)
  const bundle = 'set interfaces ae0 aggregated-ether-options'
  return [
    '#',
    `# The LAG: ${ids.length} ports, of which at least ${carrier.minimumLinks} must be up. Leave the first line out where the`,
    '# chassis counts as many bundles already.',
    'set chassis aggregated-devices ethernet device-count 8',
    ...cabledPorts(setup, (index) => portName(setup, index)).flatMap((port, index) => [
      `set interfaces ${port} description ${quoted(ids[index] ?? '')}`,
      `set interfaces ${port} gigether-options 802.3ad ae0`,
    ]),
    `${bundle} minimum-links ${carrier.minimumLinks}`,
    `${bundle} lacp active`,
    `${bundle} lacp periodic fast`,
  ]
}

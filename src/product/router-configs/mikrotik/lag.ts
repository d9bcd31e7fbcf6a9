import { cabledPorts, sharedName } from '../names.ts'
import type { Setup } from '../setup.ts'
import { addOnce, portName } from './words.ts'

/** The bonding of a LAG with LACP, which we speak every second. */
export function lagLines(setup: Setup): readonly string[] {
  const { carrier } = setup
  if (carrier.kind === 'port') return []
  const ports = cabledPorts(setup, (index) => portName(setup, index))
  const rest = [
    'mode=802.3ad',
    `slaves=${ports.join(',')}`,
    'lacp-rate=1sec',
    `min-links=${carrier.minimumLinks}`,
    'transmit-hash-policy=layer-3-and-4',
    `comment=${carrier.id}`,
  ]
  return [
    '#',
    `# The LAG: ${ports.length} ports, of which at least ${carrier.minimumLinks} must be up.`,
    addOnce('/interface bonding', sharedName, rest.join(' ')),
  ]
}

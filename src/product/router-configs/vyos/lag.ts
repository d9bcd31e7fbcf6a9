import { cabledPorts } from '../names.ts'
import type { Setup } from '../setup.ts'
import { literal, portName } from './words.ts'

/** The bond of a LAG with LACP, which we speak every second. */
export function lagLines(setup: Setup): readonly string[] {
  const { carrier } = setup
  if (carrier.kind === 'port') return []
  const ports = cabledPorts(setup, portName)
  const bond = 'set interfaces bonding bond0'
  return [
    '#',
    `# The LAG: ${ports.length} ports, of which at least ${carrier.minimumLinks} must be up.`,
    `${bond} description ${literal(carrier.id)}`,
    `${bond} mode 802.3ad`,
    `${bond} lacp-rate fast`,
    `${bond} min-links ${carrier.minimumLinks}`,
    `${bond} hash-policy layer3+4`,
    ...ports.map((port) => `${bond} member interface ${port}`),
  ]
}

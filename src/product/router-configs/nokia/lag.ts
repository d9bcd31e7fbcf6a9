import { cabledPorts } from '../names.ts'
import { quoted } from '../notation.ts'
import type { Setup } from '../setup.ts'
import { portName } from './words.ts'

/** The LAG with LACP, which we speak every second. It is down once no more ports are up than its threshold. */
export function lagLines(setup: Setup): readonly string[] {
  const { carrier } = setup
  if (carrier.kind === 'port') return []
  const ports = cabledPorts(setup, portName)
  const lag = '/configure lag "lag-1"'
  return [
    '#',
    `# The LAG: ${ports.length} ports, of which at least ${carrier.minimumLinks} must be up.`,
    `${lag} description ${quoted(carrier.id)}`,
    `${lag} mode hybrid`,
    `${lag} encap-type dot1q`,
    `${lag} lacp mode active`,
    `${lag} lacp administrative-key 1`,
    `${lag} lacp-xmit-interval fast`,
    `${lag} port-threshold value ${carrier.minimumLinks - 1}`,
    `${lag} port-threshold action down`,
    ...ports.map((port) => `${lag} port ${port}`),
    `${lag} admin-state enable`,
  ]
}

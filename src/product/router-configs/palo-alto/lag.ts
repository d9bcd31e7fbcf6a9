import { cabledIds, cabledPorts } from '../names.ts'
import { quoted } from '../notation.ts'
import type { Setup } from '../setup.ts'
import { portName } from './words.ts'

/** The aggregate of a LAG with LACP, which we speak every second. */
export function lagLines(setup: Setup): readonly string[] {
  const { carrier } = setup
  if (carrier.kind === 'port') return []
  const ids = cabledIds(setup)
  const aggregate = 'set network interface aggregate-ethernet ae1'
  return [
    '#',
    `# The LAG: ${ids.length} ports. PAN-OS has no minimum of ports that must be up; we have ${carrier.minimumLinks}.`,
    `${aggregate} comment ${quoted(carrier.id)}`,
    `${aggregate} layer3 lacp enable yes`,
    `${aggregate} layer3 lacp mode active`,
    `${aggregate} layer3 lacp transmission-rate fast`,
    ...cabledPorts(setup, portName).flatMap((port, index) => [
      `set network interface ethernet ${port} comment ${quoted(ids[index] ?? '')}`,
      `set network interface ethernet ${port} aggregate-group ae1`,
    ]),
  ]
}

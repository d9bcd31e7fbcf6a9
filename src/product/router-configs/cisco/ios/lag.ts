import { cabledIds, cabledPorts } from '../../names.ts'
import type { Setup } from '../../setup.ts'
import { section } from '../words.ts'
import { carrierPort, type IosPlatform, portMtu } from './interface.ts'

/** The bundle of a LAG with LACP, which we speak every second. */
export function lagLines(platform: IosPlatform, setup: Setup): readonly string[] {
  const { carrier, mtu } = setup
  if (carrier.kind === 'port') return []
  const ids = cabledIds(setup)
  return [
    ...section('The LAG. LACP came late to the IOS of such routers, and not to each: where'),
    '! "channel-group 1 mode active" is refused, end the LAG on a switch in front of the',
    `! router, and let that pass VLAN ${setup.vlan} on. Where IOS has it, "lacp rate fast" on each port`,
    '! finds a lost port within 3 seconds.',
    `interface ${carrierPort(platform, setup)}`,
    ` description ${carrier.id}`,
    ...(mtu > 1500 ? [` mtu ${portMtu}`] : []),
    ' no ip address',
    ` lacp min-bundle ${carrier.minimumLinks}`,
    ' no shutdown',
    ...cabledPorts(setup, platform.port).flatMap((port, index) => [
      '!',
      `interface ${port}`,
      ` description ${ids[index]}`,
      ...(mtu > 1500 ? [` mtu ${portMtu}`] : []),
      ' no ip address',
      ' channel-group 1 mode active',
      ' !fast lacp rate fast',
      ' no shutdown',
    ]),
  ]
}

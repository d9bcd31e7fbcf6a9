import { sharedName } from '../names.ts'
import type { Setup } from '../setup.ts'
import { carrierPort } from './words.ts'

/** What a firewall lets in to itself. */
export function zoneLines(setup: Setup): readonly string[] {
  const zone = `set security zones security-zone ${sharedName}`
  const inbound = `${zone} interfaces ${carrierPort(setup)}.${setup.vlan} host-inbound-traffic`
  return [
    '#',
    '# The zone. BGP, BFD and ping come in; what passes between this zone and your others',
    '# is for your security policies to say.',
    `${inbound} protocols bgp`,
    `${inbound} protocols bfd`,
    `${inbound} system-services ping`,
    ...(setup.sessions.some(({ family }) => family === 'ipv6')
      ? [
          '# IPv6 passes once the firewall looks at its flows, which takes a restart if it is new.',
          'set security forwarding-options family inet6 mode flow-based',
        ]
      : []),
  ]
}

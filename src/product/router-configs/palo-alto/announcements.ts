import type { AddressFamily } from '../../addresses/cidr.ts'
import { peeringName, sharedName } from '../names.ts'
import { cidrOf, type Network, ofFamily } from '../notation.ts'
import type { Session, Setup } from '../setup.ts'
import { bgp, peerName, virtualRouter } from './words.ts'

/** PAN-OS announces routes that are redistributed; the export rules let out what may go. */
export function announcementLines(setup: Setup): readonly string[] {
  if (setup.type !== 'public') return connectedLines(setup)
  return setup.sessions.flatMap((session) => {
    const prefixes = ofFamily(setup.prefixes, session.family)
    return prefixes.length > 0 ? prefixLines(setup, session, prefixes) : []
  })
}

/** The networks of interfaces, but for those of sessions: the same in all configurations, which add to the latter. */
function connectedLines({ sessions }: Setup): readonly string[] {
  return [
    '#',
    '# The networks of your interfaces. For others of yours give the profile their type too,',
    '# such as static or ospf.',
    ...sessions.flatMap(({ family, peering }) => {
      const [sessionNetworks, own] = [profileOf(family, peeringName), profileOf(family, sharedName)]
      return [
        `${sessionNetworks} priority 1`,
        `${sessionNetworks} filter type connect`,
        `${sessionNetworks} filter destination ${cidrOf(peering)}`,
        `${sessionNetworks} action no-redist`,
        `${own} priority 2`,
        `${own} filter type connect`,
        `${own} action redist`,
        ...ruleLines(nameOf(family, sharedName), family),
      ]
    }),
  ]
}

/** Routes that lead nowhere stand for the whole of each prefix; longer ones in the network behind go before. */
function prefixLines(setup: Setup, session: Session, prefixes: readonly Network[]): readonly string[] {
  const { family } = session
  const name = peerName(setup, session)
  const table = family === 'ipv4' ? 'ip' : 'ipv6'
  const profile = profileOf(family, name)
  return [
    '#',
    '# Your public prefixes, for what no longer prefix in your network leads to.',
    ...prefixes.flatMap((prefix, index) => {
      const route = `${virtualRouter} routing-table ${table} static-route ${name}-${index + 1}`
      return [`${route} destination ${cidrOf(prefix)}`, `${route} nexthop discard`]
    }),
    `${profile} priority 3`,
    `${profile} filter type static`,
    `${profile} filter destination [ ${prefixes.map(cidrOf).join(' ')} ]`,
    `${profile} action redist`,
    ...ruleLines(nameOf(family, name), family),
  ]
}

function profileOf(family: AddressFamily, name: string): string {
  const kind = family === 'ipv4' ? 'redist-profile' : 'redist-profile-ipv6'
  return `${virtualRouter} protocol ${kind} ${nameOf(family, name)}`
}

/** Rules of both families are in one list, in which each has the name of its profile. */
function nameOf(family: AddressFamily, name: string): string {
  return name.endsWith(family) ? name : `${name}-${family}`
}

function ruleLines(name: string, family: AddressFamily): readonly string[] {
  const rule = `${bgp} redist-rules ${name}`
  return [
    `${rule} address-family-identifier ${family}`,
    `${rule} route-table unicast`,
    `${rule} enable yes`,
    `${rule} set-origin incomplete`,
  ]
}

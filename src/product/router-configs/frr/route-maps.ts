import { scopeAdvice } from '../choices.ts'
import { filterName, learnedName, peeringName, remarks } from '../names.ts'
import { cidrOf } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { ip } from './words.ts'

/**
 * Lists that all configurations add to, so that nothing of one virtual interface is announced on another: the networks of
 * the sessions, and the AS paths of what came from us.
 */
export function sharedListLines({ sessions }: Setup): readonly string[] {
  const asns = new Set(sessions.map(({ amazonAsn }) => amazonAsn))
  return [
    '! Neither the networks of sessions nor what came from us is announced to us, on whichever',
    '! virtual interface.',
    ...sessions.map(({ family, peering }) => `${ip(family)} prefix-list ${peeringName} permit ${cidrOf(peering)}`),
    ...[...asns].map((asn) => `bgp as-path access-list ${learnedName} permit ^${asn}_`),
    '!',
  ]
}

export function routeMapLines(setup: Setup, session: Session): readonly string[] {
  const [inbound, outbound] = [filterName(setup, session, 'in'), filterName(setup, session, 'out')]
  const address = session.family === 'ipv4' ? 'ip address' : 'ipv6 address'
  return [
    `route-map ${inbound} permit 10`,
    ` match ${address} prefix-list ${inbound}`,
    ' !passive set local-preference 50',
    'exit',
    ...(setup.type === 'public'
      ? []
      : [
          `route-map ${outbound} deny 10`,
          ` match as-path ${learnedName}`,
          'exit',
          `route-map ${outbound} deny 15`,
          ` match ${address} prefix-list ${peeringName}`,
          'exit',
        ]),
    `route-map ${outbound} permit 20`,
    ` match ${address} prefix-list ${outbound}`,
    ...passiveLines(setup, session),
    'exit',
  ]
}

function passiveLines({ type }: Setup, { asn, hasPrivateAsn }: Session): readonly string[] {
  const prepend = ` !passive set as-path prepend ${asn} ${asn} ${asn}`
  if (type !== 'public') return [prepend, ` !passive set community ${preferenceCommunities.low} additive`]
  const { region, continent } = scopeCommunities
  return [
    ...(hasPrivateAsn ? [] : [prepend]),
    ...remarks(' !', scopeAdvice),
    ` !scope set community ${continent} additive`,
    ` !scope set community ${region} additive`,
  ]
}

import { scopeAdvice } from '../choices.ts'
import { filterName, peeringName, remarks } from '../names.ts'
import { cidrOf } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { type Dialect, ip } from './words.ts'

/**
 * Lists that all configurations add to, so that nothing of one virtual interface is announced on another: the networks of
 * the sessions, and the AS paths of what came from us.
 */
export function sharedListLines({ sessions }: Setup, { learned, asPath, prefixList }: Dialect): readonly string[] {
  const asns = new Set(sessions.map(({ amazonAsn }) => amazonAsn))
  return [
    '!',
    '! Neither the networks of sessions nor what came from us is announced to us, on',
    '! whichever virtual interface.',
    ...sessions.flatMap(({ family, peering }) => {
      const { opening, indent, entry } = prefixList(family, peeringName)
      return [...opening, `${indent}${entry}permit ${cidrOf(peering)}`]
    }),
    ...[...asns].map((asn) => `ip as-path access-list ${learned} permit ${asPath(`^${asn}_`)}`),
  ]
}

export function routeMapLines(setup: Setup, session: Session, { indent, learned }: Dialect): readonly string[] {
  const [inbound, outbound] = [filterName(setup, session, 'in'), filterName(setup, session, 'out')]
  const address = `match ${ip(session.family)} address prefix-list`
  return [
    '!',
    `route-map ${inbound} permit 10`,
    `${indent}${address} ${inbound}`,
    `${indent}!passive set local-preference 50`,
    ...(setup.type === 'public'
      ? []
      : [
          '!',
          `route-map ${outbound} deny 10`,
          `${indent}match as-path ${learned}`,
          '!',
          `route-map ${outbound} deny 15`,
          `${indent}${address} ${peeringName}`,
        ]),
    '!',
    `route-map ${outbound} permit 20`,
    `${indent}${address} ${outbound}`,
    ...preferenceLines(setup, session).map((line) => `${indent}${line}`),
  ]
}

function preferenceLines({ type }: Setup, { asn, hasPrivateAsn }: Session): readonly string[] {
  const prepend = `!passive set as-path prepend ${asn} ${asn} ${asn}`
  if (type !== 'public') return [prepend, `!passive set community ${preferenceCommunities.low} additive`]
  const { region, continent } = scopeCommunities
  return [
    ...(hasPrivateAsn ? [] : [prepend]),
    ...remarks('!', scopeAdvice),
    `!scope set community ${continent} additive`,
    `!scope set community ${region} additive`,
  ]
}

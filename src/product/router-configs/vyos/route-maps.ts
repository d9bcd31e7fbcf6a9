import { scopeAdvice } from '../choices.ts'
import { filterName, learnedName, peeringName, remarks } from '../names.ts'
import { cidrOf } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { listPath } from './prefix-lists.ts'
import { literal } from './words.ts'

/**
 * Lists that all configurations add to, so that nothing of one virtual interface is announced on another: the networks of
 * the sessions, and the AS paths of what came from us. Each VLAN has a rule of its own in them.
 */
export function sharedListLines({ vlan, sessions }: Setup): readonly string[] {
  return [
    '#',
    '# Neither the networks of sessions nor what came from us is announced to us, on',
    '# whichever virtual interface. The rules have the number of the VLAN: on two ports with',
    '# the same VLAN give the second one numbers of its own.',
    ...sessions.flatMap(({ family, peering }) => [
      `${listPath[family]} ${peeringName} rule ${vlan} action permit`,
      `${listPath[family]} ${peeringName} rule ${vlan} prefix ${cidrOf(peering)}`,
    ]),
    `set policy as-path-list ${learnedName} rule ${vlan} action permit`,
    `set policy as-path-list ${learnedName} rule ${vlan} regex ${literal(`^${sessions[0]?.amazonAsn}_`)}`,
  ]
}

export function routeMapLines(setup: Setup, session: Session): readonly string[] {
  const [inbound, outbound] = [filterName(setup, session, 'in'), filterName(setup, session, 'out')]
  const taken = `set policy route-map ${inbound} rule 10`
  const announced = `set policy route-map ${outbound} rule`
  const match = `match ${session.family === 'ipv4' ? 'ip' : 'ipv6'} address prefix-list`
  return [
    '#',
    `${taken} action permit`,
    `${taken} ${match} ${inbound}`,
    `#passive ${taken} set local-preference 50`,
    ...(setup.type === 'public'
      ? []
      : [
          `${announced} 10 action deny`,
          `${announced} 10 match as-path ${learnedName}`,
          `${announced} 15 action deny`,
          `${announced} 15 ${match} ${peeringName}`,
        ]),
    `${announced} 20 action permit`,
    `${announced} 20 ${match} ${outbound}`,
    ...preferenceLines(setup, session, `${announced} 20 set`),
  ]
}

function preferenceLines({ type }: Setup, { asn, hasPrivateAsn }: Session, set: string): readonly string[] {
  const prepend = `#passive ${set} as-path prepend ${literal(`${asn} ${asn} ${asn}`)}`
  if (type !== 'public') return [prepend, `#passive ${set} community add ${preferenceCommunities.low}`]
  return [
    ...(hasPrivateAsn ? [] : [prepend]),
    ...remarks('#', scopeAdvice),
    `#scope ${set} community add ${scopeCommunities.continent}`,
    `#scope ${set} community add ${scopeCommunities.region}`,
  ]
}

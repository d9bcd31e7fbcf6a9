import { bothDirections, scopeAdvice, strictAdvice } from '../choices.ts'
import { exampleNetworks } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName, peeringName, remarks, sharedName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'

/** What all configurations add to: the networks of sessions, which are announced on no virtual interface. */
export function sharedPolicyLines({ type, sessions }: Setup): readonly string[] {
  return [
    '#',
    '# The networks of sessions are announced on no virtual interface.',
    ...sessions.map(({ peering }) => `set policy-options prefix-list ${peeringName} ${cidrOf(peering)}`),
    '# Paths over several virtual interfaces share the load.',
    `set policy-options policy-statement ${sharedName}-share then load-balance per-packet`,
    `set routing-options forwarding-table export ${sharedName}-share`,
    ...(type === 'public'
      ? [
          `set policy-options community ${sharedName}-continent members ${scopeCommunities.continent}`,
          `set policy-options community ${sharedName}-region members ${scopeCommunities.region}`,
        ]
      : [`set policy-options community ${sharedName}-low members ${preferenceCommunities.low}`]),
  ]
}

/** What is taken of us and what is announced to us. The first term that fits decides. */
export function policyLines(setup: Setup, session: Session): readonly string[] {
  return bothDirections('#', session, importLines(setup, session), exportLines(setup, session))
}

function importLines(setup: Setup, session: Session): readonly string[] {
  const policy = `set policy-options policy-statement ${filterName(setup, session, 'in')}`
  const denied = inboundRules(setup, session.family).filter(({ action }) => action === 'deny')
  const announced = setup.siteLink ? [] : ofFamily(setup.announced, session.family)
  return [
    ...termLines(`${policy} term refuse`, denied, 'reject'),
    ...(announced.length > 0
      ? [
          `# ${strictAdvice}`,
          ...announced.map((network) => `#strict ${policy} term take from route-filter ${cidrOf(network)} exact`),
        ]
      : []),
    `#passive ${policy} term take then local-preference 50`,
    `${policy} term take then accept`,
    `${policy} term rest then reject`,
  ]
}

function exportLines(setup: Setup, session: Session): readonly string[] {
  const policy = `set policy-options policy-statement ${filterName(setup, session, 'out')}`
  const rules = outboundRules(setup, session.family)
  const denied = rules.filter(({ action }) => action === 'deny')
  const permitted = rules.filter(({ action }) => action === 'permit')
  return [
    ...termLines(`${policy} term refuse`, denied, 'reject'),
    ...(setup.type === 'public'
      ? []
      : [
          `${policy} term sessions from prefix-list-filter ${peeringName} orlonger`,
          `${policy} term sessions then reject`,
          '# The networks of your interfaces. What you route by OSPF and the like needs its',
          '# protocol named here as well, and other networks a line each, such as:',
          `#   ${policy} term own from route-filter ${exampleNetworks[session.family]} orlonger`,
          `${policy} term own from protocol direct`,
        ]),
    ...(permitted.length > 0 ? preferenceLines(setup, session, `${policy} term own`) : []),
    ...termLines(`${policy} term own`, permitted, 'accept'),
    `${policy} term rest then reject`,
  ]
}

/** Of the filters within one term the longest that fits decides, and they do not overlap. */
function termLines(term: string, rules: readonly PrefixRule[], then: 'accept' | 'reject'): readonly string[] {
  if (rules.length === 0) return []
  return [
    ...rules.flatMap(({ network, orLonger, why }) => [
      `# ${why}`,
      `${term} from route-filter ${cidrOf(network)} ${orLonger ? 'orlonger' : 'exact'}`,
    ]),
    `${term} then ${then}`,
  ]
}

function preferenceLines({ type }: Setup, { asn, hasPrivateAsn }: Session, term: string): readonly string[] {
  const prepend = `#passive ${term} then as-path-prepend "${asn} ${asn} ${asn}"`
  if (type !== 'public') return [prepend, `#passive ${term} then community add ${sharedName}-low`]
  return [
    ...(hasPrivateAsn ? [] : [prepend]),
    ...remarks('#', scopeAdvice),
    `#scope ${term} then community add ${sharedName}-continent`,
    `#scope ${term} then community add ${sharedName}-region`,
  ]
}

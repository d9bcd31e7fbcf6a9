import { bothDirections, scopeAdvice, strictAdvice } from '../choices.ts'
import { exampleNetworks } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName, peeringName, remarks } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { ip } from './words.ts'

/** What all configurations add to: the networks of sessions, which are announced on no virtual interface. */
export function sharedListLines({ sessions }: Setup): readonly string[] {
  return [
    '#',
    '# The networks of sessions are announced on no virtual interface.',
    ...sessions.map(
      ({ family, peering }) => `${ip(family)} firewall address-list add list=${peeringName} address=${cidrOf(peering)}`,
    ),
  ]
}

/** What is taken of us and what is announced to us. The first rule that fits decides; what fits none is refused. */
export function filterLines(setup: Setup, session: Session): readonly string[] {
  return bothDirections('#', session, inboundLines(setup, session), outboundLines(setup, session))
}

function inboundLines(setup: Setup, session: Session): readonly string[] {
  const rule = ruleOf(filterName(setup, session, 'in'))
  const rules = inboundRules(setup, session.family)
  const announced = setup.siteLink ? [] : ofFamily(setup.announced, session.family)
  return [
    `#passive ${rule('set bgp-local-pref 50')}`,
    ...rules.filter(({ action }) => action === 'deny').flatMap((each) => ruleLines(rule, each)),
    ...(announced.length > 0
      ? [
          `# ${strictAdvice}`,
          ...announced.map((network) => `#strict ${rule(`if (dst == ${cidrOf(network)}) { accept }`)}`),
          `#strict ${rule('reject')}`,
        ]
      : []),
    rule('accept'),
  ]
}

function outboundLines(setup: Setup, session: Session): readonly string[] {
  const rule = ruleOf(filterName(setup, session, 'out'))
  return [
    ...(setup.type === 'public'
      ? []
      : [
          '# What other routers told this one by BGP goes nowhere, least of all what came from us.',
          rule('if (protocol bgp) { reject }'),
          rule(`if (dst in ${peeringName}) { reject }`),
        ]),
    ...preferenceLines(setup, session, rule),
    ...outboundRules(setup, session.family).flatMap((each) => ruleLines(rule, each)),
    ...(setup.type === 'public'
      ? []
      : [
          '# Other networks of yours need a rule each ahead of the last one, such as:',
          `#   ${rule(`if (dst in ${exampleNetworks[session.family]}) { accept }`)}`,
        ]),
    rule('reject'),
  ]
}

function ruleOf(chain: string): (text: string) => string {
  return (text) => `/routing filter rule add chain=${chain} rule="${text}"`
}

function ruleLines(rule: (text: string) => string, { action, network, orLonger, why }: PrefixRule): readonly string[] {
  const verdict = action === 'permit' ? 'accept' : 'reject'
  return [`# ${why}`, rule(`if (dst ${orLonger ? 'in' : '=='} ${cidrOf(network)}) { ${verdict} }`)]
}

/** Rules that decide nothing, ahead of those that do. */
function preferenceLines(
  { type }: Setup,
  { hasPrivateAsn }: Session,
  rule: (text: string) => string,
): readonly string[] {
  const prepend = `#passive ${rule('set bgp-path-prepend 3')}`
  if (type !== 'public') return [prepend, `#passive ${rule(`append bgp-communities ${preferenceCommunities.low}`)}`]
  const { region, continent } = scopeCommunities
  return [
    ...(hasPrivateAsn ? [] : [prepend]),
    ...remarks('#', scopeAdvice),
    `#scope ${rule(`append bgp-communities ${continent}`)}`,
    `#scope ${rule(`append bgp-communities ${region}`)}`,
  ]
}

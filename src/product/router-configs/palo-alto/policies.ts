import { bothDirections, scopeAdvice, strictAdvice } from '../choices.ts'
import { everything, exampleNetworks } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { remarks } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { bgp, peerName } from './words.ts'

/** What is taken of us and what is announced to us. The first rule that fits decides. */
export function policyLines(setup: Setup, session: Session): readonly string[] {
  return bothDirections('#', session, importLines(setup, session), exportLines(setup, session))
}

function importLines(setup: Setup, session: Session): readonly string[] {
  const { family } = session
  const rule = ruleOf(setup, session, 'import')
  const denied = inboundRules(setup, family).filter(({ action }) => action === 'deny')
  const announced = setup.siteLink ? [] : ofFamily(setup.announced, family)
  const takeAll = `${rule('take')} match address-prefix ${everything[family]} exact no`
  return [
    ...ruleLines(rule('refuse'), setup, session, denied, 'deny'),
    `${rule('take')} enable yes`,
    `${rule('take')} used-by ${peerName(setup, session)}`,
    takeAll,
    ...(announced.length > 0
      ? [
          `# ${strictAdvice}`,
          ...announced.map((network) => `#strict ${rule('take')} match address-prefix ${cidrOf(network)} exact yes`),
          `#strict ${takeAll.replace('set ', 'delete ').replace(' exact no', '')}`,
        ]
      : []),
    `#passive ${rule('take')} action allow update local-preference 50`,
    `${rule('take')} action allow`,
    ...restLines(rule('rest'), setup, session),
  ]
}

function exportLines(setup: Setup, session: Session): readonly string[] {
  const rule = ruleOf(setup, session, 'export')
  const rules = outboundRules(setup, session.family)
  const denied = rules.filter(({ action }) => action === 'deny')
  const permitted = rules.filter(({ action }) => action === 'permit')
  return [
    ...(setup.type === 'public'
      ? []
      : [
          '# What came from us is not announced to us.',
          `${rule('learned')} enable yes`,
          `${rule('learned')} used-by ${peerName(setup, session)}`,
          `${rule('learned')} match as-path regex "^${session.amazonAsn}_"`,
          `${rule('learned')} action deny`,
        ]),
    ...ruleLines(rule('refuse'), setup, session, denied, 'deny'),
    ...ruleLines(rule('own'), setup, session, permitted, 'allow'),
    ...(permitted.length > 0 ? preferenceLines(setup, session, rule('own')) : []),
    ...(setup.type === 'public'
      ? []
      : [
          '# Other networks of yours need a line each, such as:',
          `#   ${rule('own')} match address-prefix ${exampleNetworks[session.family]} exact no`,
        ]),
    ...restLines(rule('rest'), setup, session),
  ]
}

function ruleOf(setup: Setup, session: Session, direction: 'import' | 'export'): (part: string) => string {
  return (part) => `${bgp} policy ${direction} rules ${peerName(setup, session)}-${part}`
}

function ruleLines(
  rule: string,
  setup: Setup,
  session: Session,
  prefixes: readonly PrefixRule[],
  action: 'allow' | 'deny',
): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    `${rule} enable yes`,
    `${rule} used-by ${peerName(setup, session)}`,
    ...prefixes.flatMap(({ network, orLonger, why }) => [
      `# ${why}`,
      `${rule} match address-prefix ${cidrOf(network)} exact ${orLonger ? 'no' : 'yes'}`,
    ]),
    `${rule} action ${action}`,
  ]
}

function restLines(rule: string, setup: Setup, session: Session): readonly string[] {
  return [
    `${rule} enable yes`,
    `${rule} used-by ${peerName(setup, session)}`,
    `${rule} match address-prefix ${everything[session.family]} exact no`,
    `${rule} action deny`,
  ]
}

/** The firewall puts its own AS in front as often as it is told to. */
function preferenceLines({ type }: Setup, { hasPrivateAsn }: Session, rule: string): readonly string[] {
  const prepend = `#passive ${rule} action allow update as-path prepend 3`
  const community = `${rule} action allow update community append`
  if (type !== 'public') return [prepend, `#passive ${community} ${preferenceCommunities.low}`]
  return [
    ...(hasPrivateAsn ? [] : [prepend]),
    ...remarks('#', scopeAdvice),
    `#scope ${community} ${scopeCommunities.continent}`,
    `#scope ${community} ${scopeCommunities.region}`,
  ]
}

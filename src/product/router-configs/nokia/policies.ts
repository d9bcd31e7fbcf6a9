import { bothDirections, scopeAdvice, strictAdvice } from '../choices.ts'
import { exampleNetworks } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName, peeringName, remarks, sharedName } from '../names.ts'
import { cidrOf, ofFamily, quoted } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'

const options = '/configure policy-options'

/** What all configurations add to: the networks of sessions, which are announced on no virtual interface. */
export function sharedPolicyLines({ type, sessions }: Setup): readonly string[] {
  const community = (name: string, member: string) =>
    `${options} community ${quoted(`${sharedName}-${name}`)} member ${quoted(member)}`
  return [
    '#',
    '# The networks of sessions are announced on no virtual interface.',
    ...sessions.map(
      ({ peering }) => `${options} prefix-list ${quoted(peeringName)} prefix ${cidrOf(peering)} type longer`,
    ),
    ...(type === 'public'
      ? [community('continent', scopeCommunities.continent), community('region', scopeCommunities.region)]
      : [community('low', preferenceCommunities.low)]),
  ]
}

/** What is taken of us and what is announced to us. The first entry that fits decides. */
export function policyLines(setup: Setup, session: Session): readonly string[] {
  return bothDirections('#', session, importLines(setup, session), exportLines(setup, session))
}

function importLines(setup: Setup, session: Session): readonly string[] {
  const name = filterName(setup, session, 'in')
  const policy = `${options} policy-statement ${quoted(name)}`
  const denied = inboundRules(setup, session.family).filter(({ action }) => action === 'deny')
  const announced = setup.siteLink ? [] : ofFamily(setup.announced, session.family)
  return [
    ...listLines(`${name}-refuse`, denied),
    ...entryLines(`${policy} entry 10`, `${name}-refuse`, 'reject'),
    ...(announced.length > 0
      ? [
          `# ${strictAdvice}`,
          ...announced.map(
            (network) =>
              `#strict ${options} prefix-list ${quoted(`${name}-take`)} prefix ${cidrOf(network)} type exact`,
          ),
          `#strict ${policy} entry 20 from prefix-list [${quoted(`${name}-take`)}]`,
        ]
      : []),
    `#passive ${policy} entry 20 action local-preference 50`,
    `${policy} entry 20 action action-type accept`,
    `${policy} default-action action-type reject`,
  ]
}

function exportLines(setup: Setup, session: Session): readonly string[] {
  const name = filterName(setup, session, 'out')
  const policy = `${options} policy-statement ${quoted(name)}`
  const rules = outboundRules(setup, session.family)
  const permitted = rules.filter(({ action }) => action === 'permit')
  const own = `${policy} entry 30`
  const reject = `${policy} default-action action-type reject`
  const list = listLines(`${name}-own`, permitted)
  if (setup.type === 'public') {
    if (permitted.length === 0) return [reject]
    const entry = entryLines(own, `${name}-own`, 'accept')
    return [...list, ...entry, ...preferenceLines(setup, session, own), reject]
  }
  return [
    ...listLines(
      `${name}-refuse`,
      rules.filter(({ action }) => action === 'deny'),
    ),
    ...entryLines(`${policy} entry 10`, `${name}-refuse`, 'reject'),
    ...entryLines(`${policy} entry 20`, peeringName, 'reject'),
    ...list,
    '# Other networks of yours need a line each, such as:',
    `#   ${options} prefix-list ${quoted(`${name}-own`)} prefix ${exampleNetworks[session.family]} type longer`,
    '# The networks of your interfaces. What you route by OSPF and the like needs its',
    '# protocol named here as well.',
    ...entryLines(own, `${name}-own`, 'accept'),
    `${own} from protocol name [direct]`,
    ...preferenceLines(setup, session, own),
    reject,
  ]
}

function listLines(name: string, rules: readonly PrefixRule[]): readonly string[] {
  return rules.flatMap(({ network, orLonger, why }) => [
    `# ${why}`,
    `${options} prefix-list ${quoted(name)} prefix ${cidrOf(network)} type ${orLonger ? 'longer' : 'exact'}`,
  ])
}

function entryLines(entry: string, list: string, action: 'accept' | 'reject'): readonly string[] {
  return [`${entry} from prefix-list [${quoted(list)}]`, `${entry} action action-type ${action}`]
}

function preferenceLines({ type }: Setup, { asn, hasPrivateAsn }: Session, entry: string): readonly string[] {
  const prepend = [
    `#passive ${entry} action as-path-prepend as-path ${asn}`,
    `#passive ${entry} action as-path-prepend repeat 3`,
  ]
  const community = (name: string) => `${entry} action community add [${quoted(`${sharedName}-${name}`)}]`
  if (type !== 'public') return [...prepend, `#passive ${community('low')}`]
  return [
    ...(hasPrivateAsn ? [] : prepend),
    ...remarks('#', scopeAdvice),
    `#scope ${community('continent')}`,
    `#scope ${community('region')}`,
  ]
}

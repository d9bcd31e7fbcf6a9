import { scopeAdvice, strictAdvice } from '../choices.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { portOf } from '../linux/devices.ts'
import { remarks } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { sessionName } from './words.ts'

export function filterLines(setup: Setup, session: Session): readonly string[] {
  const name = sessionName(setup, session)
  return [
    '# Taken of us.',
    `filter ${name}_in`,
    '{',
    ...ruleLines(inboundRules(setup, session.family)),
    ...strictLines(setup, session),
    '  #passive bgp_local_pref = 50;',
    '  accept;',
    '}',
    '',
    '# Announced to us.',
    `filter ${name}_out`,
    '{',
    ...(setup.type === 'public' ? [] : separatingLines(setup)),
    ...ruleLines(outboundRules(setup, session.family)),
    ...(setup.type === 'public' ? [] : ['  # Other networks of yours need a place in the list above.']),
    ...passiveLines(setup, session),
    '  accept;',
    '}',
  ]
}

/** Nothing of one virtual interface is announced on another. */
function separatingLines(setup: Setup): readonly string[] {
  return [
    '  # Neither what came from us, over whichever virtual interface, nor the networks of sessions.',
    '  if source = RTS_BGP && proto ~ "dxvif_*" then reject;',
    `  if ifname ~ "${portOf(setup)}.*" then reject;`,
  ]
}

/** All that is denied comes before all that is permitted. */
function ruleLines(rules: readonly PrefixRule[]): readonly string[] {
  const of = (wanted: PrefixRule['action']) => rules.filter(({ action }) => action === wanted)
  const permitted = of('permit')
  return [
    ...of('deny').flatMap((rule) => [`  # ${rule.why}`, `  if net ~ [ ${patternOf(rule)} ] then reject;`]),
    ...(permitted.length === 0
      ? ['  # Nothing: there are no prefixes of this family.', '  reject;']
      : [
          `  # ${[...new Set(permitted.map(({ why }) => why))].join('; ')}`,
          `  if net !~ [ ${permitted.map(patternOf).join(', ')} ] then reject;`,
        ]),
  ]
}

function patternOf({ network, orLonger }: PrefixRule): string {
  return `${cidrOf(network)}${orLonger ? '+' : ''}`
}

/** For those who take what is announced today and nothing else. */
function strictLines(setup: Setup, { family }: Session): readonly string[] {
  const announced = ofFamily(setup.announced, family)
  if (announced.length === 0 || setup.siteLink) return []
  return [`  # ${strictAdvice}`, `  #strict if net !~ [ ${announced.map(cidrOf).join(', ')} ] then reject;`]
}

function passiveLines({ type }: Setup, { asn, hasPrivateAsn }: Session): readonly string[] {
  const prepend = `  #passive bgp_path.prepend(${asn}); bgp_path.prepend(${asn}); bgp_path.prepend(${asn});`
  if (type !== 'public') return [prepend, `  #passive bgp_community.add(${pair(preferenceCommunities.low)});`]
  const { region, continent } = scopeCommunities
  return [
    ...(hasPrivateAsn ? [] : [prepend]),
    ...remarks('  #', scopeAdvice),
    `  #scope bgp_community.add(${pair(continent)});`,
    `  #scope bgp_community.add(${pair(region)});`,
  ]
}

function pair(community: string): string {
  return `(${community.replace(':', ',')})`
}

import { scopeAdvice, strictAdvice } from '../choices.ts'
import { exampleNetworks } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { remarks } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { preferenceCommunities, scopeCommunities } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'

/** Rules of all included files are one list: the last that fits decides, or the first that is `quick`. */
export function filterLines(setup: Setup, session: Session): readonly string[] {
  const from = `from ${session.amazonAddress}`
  const to = `to ${session.amazonAddress}`
  const outbound = outboundRules(setup, session.family)
  return [
    '# Taken of us, with a mark by which it is known.',
    ...inboundRules(setup, session.family).flatMap((rule) => ruleLines(from, rule)),
    ...strictLines(setup, session, from),
    `match ${from} set large-community ${markOf(setup)}`,
    `#passive match ${from} set localpref 50`,
    '# Announced to us. Neither what came from us, over whichever virtual interface, nor the',
    '# network of the session.',
    `deny quick ${to} large-community ${markOf(setup)}`,
    `deny quick to ebgp prefix ${cidrOf(session.peering)} or-longer`,
    ...outbound.flatMap((rule) => ruleLines(to, rule)),
    ...(outbound.length === 0 ? ['# Nothing: there are no prefixes of this family.', `deny quick ${to}`] : []),
    ...(setup.type === 'public'
      ? []
      : ['# Other networks of yours need a line each, such as:', `#   ${exampleLine(session)}`]),
    ...passiveLines(setup, session),
  ]
}

/** In the ASN's own room, so that no one else's is touched. */
function markOf({ asn }: Setup): string {
  return `${asn}:7224:1`
}

function ruleLines(peer: string, { action, network, orLonger, why }: PrefixRule): readonly string[] {
  const verb = action === 'deny' ? 'deny quick' : 'allow'
  return [`# ${why}`, `${verb} ${peer} prefix ${cidrOf(network)}${orLonger ? ' or-longer' : ''}`]
}

/** For those who take what is announced today and nothing else. */
function strictLines(setup: Setup, { family }: Session, from: string): readonly string[] {
  const announced = ofFamily(setup.announced, family)
  if (announced.length === 0 || setup.siteLink) return []
  return [
    `# ${strictAdvice}`,
    `#strict deny ${from}`,
    ...announced.map((network) => `#strict allow ${from} prefix ${cidrOf(network)}`),
  ]
}

function exampleLine({ family, amazonAddress }: Session): string {
  return `allow to ${amazonAddress} prefix ${exampleNetworks[family]}`
}

function passiveLines({ type }: Setup, { amazonAddress, hasPrivateAsn }: Session): readonly string[] {
  const to = `to ${amazonAddress}`
  const prepend = `#passive match ${to} set prepend-self 3`
  if (type !== 'public') return [prepend, `#passive match ${to} set community ${preferenceCommunities.low}`]
  const { region, continent } = scopeCommunities
  return [
    ...(hasPrivateAsn ? [] : [prepend]),
    ...remarks('#', scopeAdvice),
    `#scope match ${to} set community ${continent}`,
    `#scope match ${to} set community ${region}`,
  ]
}

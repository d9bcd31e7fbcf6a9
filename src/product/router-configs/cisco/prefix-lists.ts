import { bothDirections, strictAdvice } from '../choices.ts'
import { everything, exampleNetworks, longestPrefix } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import type { Session, Setup } from '../setup.ts'
import { type Dialect, type PrefixListWords } from './words.ts'

/** What is taken of us and what is announced to us. The first line that fits decides; an empty list would let all pass. */
export function prefixListLines(setup: Setup, session: Session, { prefixList }: Dialect): readonly string[] {
  const { family } = session
  const inbound = prefixList(family, filterName(setup, session, 'in'))
  const outbound = prefixList(family, filterName(setup, session, 'out'))
  const { indent, entry } = outbound
  const taken = inboundRules(setup, family)
  return bothDirections(
    '!',
    session,
    [...listLines(inbound, taken), ...strictLines(setup, session, inbound, taken.length)],
    [
      ...listLines(outbound, outboundRules(setup, family)),
      ...(setup.type === 'public'
        ? []
        : [
            `${indent}! Other networks of yours need a line each, such as:`,
            `${indent}!   ${entry}seq 500 permit ${exampleNetworks[family]}`,
          ]),
      `${indent}${entry}seq 1000 deny ${everything[family]} le ${longestPrefix[family]}`,
    ],
  )
}

function listLines({ opening, indent, entry }: PrefixListWords, rules: readonly PrefixRule[]): readonly string[] {
  return [
    ...opening,
    ...rules.flatMap(({ action, network, orLonger, why }, index) => [
      `${indent}! ${why}`,
      `${indent}${entry}seq ${10 * (index + 1)} ${action} ${cidrOf(network)}${orLonger ? ` le ${longestPrefix[network.family]}` : ''}`,
    ]),
  ]
}

/** Lines for those who take what is announced today and nothing else. */
function strictLines(
  setup: Setup,
  { family }: Session,
  { indent, entry }: PrefixListWords,
  count: number,
): readonly string[] {
  const announced = ofFamily(setup.announced, family)
  if (announced.length === 0 || setup.siteLink) return []
  return [
    `${indent}! ${strictAdvice}`,
    `${indent}!strict no ${entry}seq ${10 * count}`,
    ...announced.map(
      (network, index) => `${indent}!strict ${entry}seq ${10 * count + index} permit ${cidrOf(network)}`,
    ),
  ]
}

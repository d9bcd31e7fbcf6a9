import { bothDirections, strictAdvice } from '../choices.ts'
import { everything, exampleNetworks, longestPrefix } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import type { Session, Setup } from '../setup.ts'
import { type Dialect, type PrefixListWords } from './words.ts'

/** What is taken of us and what is announced to us. The first line that fits decides; an empty list would let all pass. */
export function prefixListLines(setup: Setup, session: Session, dialect: Dialect): readonly string[] {
  const { family } = session
  const { prefixList } = dialect
  const inbound = prefixList(family, filterName(setup, session, 'in'))
  const outbound = prefixList(family, filterName(setup, session, 'out'))
  const { indent, entry } = outbound
  const taken = inboundRules(setup, family)
  return bothDirections(
    '!',
    session,
    [...listLines(inbound, taken), ...strictLines(setup, session, dialect, taken)],
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
    ...rules.flatMap((rule, index) => [
      `${indent}! ${rule.why}`,
      `${indent}${entry}seq ${numberOf(index)} ${saidOf(rule)}`,
    ]),
  ]
}

function numberOf(index: number): number {
  return 10 * (index + 1)
}

function saidOf({ action, network, orLonger }: PrefixRule): string {
  return `${action} ${cidrOf(network)}${orLonger ? ` le ${longestPrefix[network.family]}` : ''}`
}

/** Lines for those who take what is announced today and nothing else: they stand in place of the last rule. */
function strictLines(
  setup: Setup,
  session: Session,
  { prefixList, removesByNumber }: Dialect,
  taken: readonly PrefixRule[],
): readonly string[] {
  const announced = ofFamily(setup.announced, session.family)
  const last = taken.at(-1)
  if (announced.length === 0 || setup.siteLink || last === undefined) return []
  const { indent, entry } = prefixList(session.family, filterName(setup, session, 'in'))
  const number = numberOf(taken.length - 1)
  return [
    `${indent}! ${strictAdvice}`,
    `${indent}!strict no ${entry}seq ${number}${removesByNumber ? '' : ` ${saidOf(last)}`}`,
    ...announced.map((network, index) => `${indent}!strict ${entry}seq ${number + index} permit ${cidrOf(network)}`),
  ]
}

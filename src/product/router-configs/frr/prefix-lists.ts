import { bothDirections, strictAdvice } from '../choices.ts'
import { exampleNetworks, longestPrefix } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import type { Session, Setup } from '../setup.ts'
import { ip } from './words.ts'

/** What is taken of us and what is announced to us, in this order; what fits no line is refused. */
export function prefixListLines(setup: Setup, session: Session): readonly string[] {
  const { family } = session
  const inbound = `${ip(family)} prefix-list ${filterName(setup, session, 'in')}`
  const outbound = `${ip(family)} prefix-list ${filterName(setup, session, 'out')}`
  const taken = inboundRules(setup, family)
  const announced = outboundRules(setup, family)
  return bothDirections(
    '!',
    session,
    [...listLines(inbound, taken), ...strictLines(setup, session, inbound, taken.length)],
    [
      ...(announced.length > 0 ? listLines(outbound, announced) : [`${outbound} seq 10 deny any`]),
      ...(setup.type === 'public'
        ? []
        : [
            '! Other networks of yours need a line each, such as:',
            `!   ${outbound} seq 5000 permit ${exampleNetworks[family]}`,
          ]),
    ],
  )
}

function listLines(list: string, rules: readonly PrefixRule[]): readonly string[] {
  return rules.flatMap(({ action, network, orLonger, why }, index) => [
    `! ${why}`,
    `${list} seq ${10 * (index + 1)} ${action} ${cidrOf(network)}${orLonger ? ` le ${longestPrefix[network.family]}` : ''}`,
  ])
}

/** Lines for those who take what is announced today and nothing else. */
function strictLines(setup: Setup, { family }: Session, list: string, count: number): readonly string[] {
  const announced = ofFamily(setup.announced, family)
  if (announced.length === 0 || setup.siteLink) return []
  return [
    `! ${strictAdvice}`,
    `!strict no ${list} seq ${10 * count}`,
    ...announced.map((network, index) => `!strict ${list} seq ${10 * count + index} permit ${cidrOf(network)}`),
  ]
}

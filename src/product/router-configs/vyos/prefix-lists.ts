import { bothDirections, strictAdvice } from '../choices.ts'
import { everything, exampleNetworks, longestPrefix } from '../family-facts.ts'
import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import type { Session, Setup } from '../setup.ts'
import { literal } from './words.ts'

export const listPath = { ipv4: 'set policy prefix-list', ipv6: 'set policy prefix-list6' } as const

/** What is taken of us and what is announced to us. The first rule that fits decides; a list without rules cannot be. */
export function prefixListLines(setup: Setup, session: Session): readonly string[] {
  const { family } = session
  const inbound = `${listPath[family]} ${filterName(setup, session, 'in')}`
  const outbound = `${listPath[family]} ${filterName(setup, session, 'out')}`
  const taken = inboundRules(setup, family)
  return bothDirections(
    '#',
    session,
    [...listLines(inbound, taken), ...strictLines(setup, session, inbound, taken.length)],
    [
      ...listLines(outbound, outboundRules(setup, family)),
      ...(setup.type === 'public'
        ? []
        : [
            '# Other networks of yours need a rule each, such as:',
            `#   ${outbound} rule 500 action permit`,
            `#   ${outbound} rule 500 prefix ${exampleNetworks[family]}`,
          ]),
      `${outbound} rule 1000 action deny`,
      `${outbound} rule 1000 prefix ${everything[family]}`,
      `${outbound} rule 1000 le ${longestPrefix[family]}`,
    ],
  )
}

function listLines(list: string, rules: readonly PrefixRule[]): readonly string[] {
  return rules.flatMap(({ action, network, orLonger, why }, index) => {
    const rule = `${list} rule ${10 * (index + 1)}`
    return [
      `${rule} action ${action}`,
      `${rule} description ${literal(why)}`,
      `${rule} prefix ${cidrOf(network)}`,
      ...(orLonger ? [`${rule} le ${longestPrefix[network.family]}`] : []),
    ]
  })
}

/** Lines for those who take what is announced today and nothing else. */
function strictLines(setup: Setup, { family }: Session, list: string, count: number): readonly string[] {
  const announced = ofFamily(setup.announced, family)
  if (announced.length === 0 || setup.siteLink) return []
  return [
    `# ${strictAdvice}`,
    `#strict ${list.replace('set ', 'delete ')} rule ${10 * count}`,
    ...announced.flatMap((network, index) => [
      `#strict ${list} rule ${10 * count + 1 + index} action permit`,
      `#strict ${list} rule ${10 * count + 1 + index} prefix ${cidrOf(network)}`,
    ]),
  ]
}

import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import type { Session, Setup } from '../setup.ts'
import { type Dialect, familyName, type PrefixListWords } from './words.ts'

const longest = { ipv4: 32, ipv6: 128 } as const
const all = { ipv4: '0.0.0.0/0', ipv6: '::/0' } as const
const examples = { ipv4: '203.0.113.0/24', ipv6: '2001:db8:100::/48' } as const

/** What is taken of us and what is announced to us. The first line that fits decides; an empty list would let all pass. */
export function prefixListLines(setup: Setup, session: Session, { prefixList }: Dialect): readonly string[] {
  const { family } = session
  const inbound = prefixList(family, filterName(setup, session, 'in'))
  const outbound = prefixList(family, filterName(setup, session, 'out'))
  const { indent, entry } = outbound
  const taken = inboundRules(setup, family)
  return [
    '!',
    `! ${familyName(family)}: what is taken of us.`,
    ...listLines(inbound, taken),
    ...strictLines(setup, session, inbound, taken.length),
    '!',
    `! ${familyName(family)}: what is announced to us.`,
    ...listLines(outbound, outboundRules(setup, family)),
    ...(setup.type === 'public'
      ? []
      : [
          `${indent}! Other networks of yours need a line each, such as:`,
          `${indent}!   ${entry}seq 500 permit ${examples[family]}`,
        ]),
    `${indent}${entry}seq 1000 deny ${all[family]} le ${longest[family]}`,
  ]
}

function listLines({ opening, indent, entry }: PrefixListWords, rules: readonly PrefixRule[]): readonly string[] {
  return [
    ...opening,
    ...rules.flatMap(({ action, network, orLonger, why }, index) => [
      `${indent}! ${why}`,
      `${indent}${entry}seq ${10 * (index + 1)} ${action} ${cidrOf(network)}${orLonger ? ` le ${longest[network.family]}` : ''}`,
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
    `${indent}! To take only what is announced at the moment, put to use the lines marked "strict".`,
    `${indent}!strict no ${entry}seq ${10 * count}`,
    ...announced.map(
      (network, index) => `${indent}!strict ${entry}seq ${10 * count + index} permit ${cidrOf(network)}`,
    ),
  ]
}

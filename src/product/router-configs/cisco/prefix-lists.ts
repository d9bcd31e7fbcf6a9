import { inboundRules, outboundRules, type PrefixRule } from '../filters.ts'
import { filterName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import type { Session, Setup } from '../setup.ts'
import { familyName, ip } from './words.ts'

const longest = { ipv4: 32, ipv6: 128 } as const
const all = { ipv4: '0.0.0.0/0', ipv6: '::/0' } as const
const examples = { ipv4: '203.0.113.0/24', ipv6: '2001:db8:100::/48' } as const

/** What is taken of us and what is announced to us. The first line that fits decides; an empty list would let all pass. */
export function prefixListLines(setup: Setup, session: Session): readonly string[] {
  const { family } = session
  const inbound = `${ip(family)} prefix-list ${filterName(setup, session, 'in')}`
  const outbound = `${ip(family)} prefix-list ${filterName(setup, session, 'out')}`
  const taken = inboundRules(setup, family)
  const announced = outboundRules(setup, family)
  return [
    '!',
    `! ${familyName(family)}: what is taken of us.`,
    ...listLines(inbound, taken),
    ...strictLines(setup, session, inbound, taken.length),
    '!',
    `! ${familyName(family)}: what is announced to us.`,
    ...listLines(outbound, announced),
    ...(setup.type === 'public'
      ? []
      : ['! Other networks of yours need a line each, such as:', `!   ${outbound} seq 500 permit ${examples[family]}`]),
    `${outbound} seq 1000 deny ${all[family]} le ${longest[family]}`,
  ]
}

function listLines(list: string, rules: readonly PrefixRule[]): readonly string[] {
  return rules.flatMap(({ action, network, orLonger, why }, index) => [
    `! ${why}`,
    `${list} seq ${10 * (index + 1)} ${action} ${cidrOf(network)}${orLonger ? ` le ${longest[network.family]}` : ''}`,
  ])
}

/** Lines for those who take what is announced today and nothing else. */
function strictLines(setup: Setup, { family }: Session, list: string, count: number): readonly string[] {
  const announced = ofFamily(setup.announced, family)
  if (announced.length === 0 || setup.siteLink) return []
  return [
    '! To take only what is announced at the moment, put to use the lines marked "strict".',
    `!strict no ${list} seq ${10 * count}`,
    ...announced.map((network, index) => `!strict ${list} seq ${10 * count + index} permit ${cidrOf(network)}`),
  ]
}

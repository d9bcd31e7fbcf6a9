import { quote } from '../../../contract/quote.ts'
import type { Shape } from '../../../contract/types.ts'
import { hasHostBits, parseCidr, showCidr } from '../../addresses/cidr.ts'
import { type Fault, refuse } from '../../fault.ts'
import { type Instant, reached } from '../../lifecycle.ts'
import { type AllowedPrefix, type Association, askedPrefixes } from './association.ts'

export type PrefixList = readonly Shape<'RouteFilterPrefix'>[] | undefined

export interface PrefixChange {
  readonly addAllowedPrefixesToDirectConnectGateway?: PrefixList
  readonly removeAllowedPrefixesToDirectConnectGateway?: PrefixList
}

/**
 * Whatever quotas say: without a bound an association of a virtual private gateway would grow with each update until it kept
 * everybody waiting, and whoever knows of a gateway could fill its owner's list of proposals.
 * @source behaviour catalogue D: nothing announces more to a customer than Cloud WAN, 5,000; that it holds of all is inferred
 */
const most = 5_000

/** The prefixes of a list in canonical form, in the order given, each once. @source design, section 8 */
export function checkedPrefixes(given: PrefixList, member: string): readonly string[] {
  if ((given ?? []).length > most) throw tooMany(member)
  return [...new Set((given ?? []).map(({ cidr }) => checkedPrefix(cidr, `${member}.cidr`)))]
}

function checkedPrefix(text: string | undefined, member: string): string {
  if (text === undefined) throw refuse(`Field ${member} is required`)
  const prefix = parseCidr(text)
  if (prefix === undefined)
    throw refuse(`Invalid value ${quote(text)} for ${member}: it must be in CIDR notation, such as 10.0.0.0/16`)
  if (hasHostBits(prefix))
    throw refuse(`Invalid value ${quote(text)} for ${member}: it has bits set beyond its prefix length`)
  return showCidr(prefix)
}

/** What a change makes of some prefixes. To add what is there and to remove what is not changes nothing. */
export function changedPrefixes(present: readonly string[], change: PrefixChange): readonly string[] {
  const [adds, removes] = [
    'addAllowedPrefixesToDirectConnectGateway',
    'removeAllowedPrefixesToDirectConnectGateway',
  ] as const
  const added = checkedPrefixes(change[adds], adds)
  const removed = new Set(checkedPrefixes(change[removes], removes))
  const both = added.find((cidr) => removed.has(cidr))
  if (both !== undefined) throw refuse(`Invalid value '${both}' for ${removes}.cidr: it is in ${adds} too`)
  const changed = [...new Set([...present, ...added])].filter((cidr) => !removed.has(cidr))
  if (changed.length > most) throw tooMany(adds)
  return changed
}

function tooMany(member: string): Fault {
  return refuse(`Invalid value for ${member}: an association has at most ${most} allowed prefixes`)
}

/** The prefixes of a new association, which work as soon as it does. */
export function firstPrefixes(asked: readonly string[], inForceAt: Instant): readonly AllowedPrefix[] {
  return asked.map((cidr) => ({ cidr, inForceAt, endsAt: null }))
}

/**
 * The association with other prefixes, from an instant to come. Those that were asked for before and still are go on
 * without a break.
 * @source behaviour catalogue E.4
 */
export function withPrefixes(
  association: Association,
  asked: readonly string[],
  from: number,
  now: number,
): Association {
  const present = association.allowedPrefixes.filter(({ endsAt }) => !reached(endsAt, now))
  const known = new Set(present.map(({ cidr }) => cidr))
  const wanted = new Set(asked)
  return {
    ...association,
    allowedPrefixes: [
      ...present.map((prefix) => ({
        ...prefix,
        endsAt: wanted.has(prefix.cidr) ? null : (prefix.endsAt ?? from),
      })),
      ...firstPrefixes(
        asked.filter((cidr) => !known.has(cidr)),
        from,
      ),
    ],
    updatedAt: from,
  }
}

/** What a change makes of what an association is asked to have; nothing at all cannot be asked for. */
export function changedPrefixesOf(association: Association, change: PrefixChange): readonly string[] {
  const present = askedPrefixes(association)
  const changed = changedPrefixes(present, change)
  if (changed.length === 0 && present.length > 0)
    throw refuse(
      'Invalid value for removeAllowedPrefixesToDirectConnectGateway: an association needs one allowed prefix at least',
    )
  return changed
}

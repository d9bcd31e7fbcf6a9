import { quote } from '../../contract/quote.ts'
import type { Shape } from '../../contract/types.ts'
import { type AddressFamily, type Cidr, firstOverlap, hasHostBits, parseCidr, showCidr } from '../addresses/cidr.ts'
import { isPublic } from '../addresses/special-ranges.ts'
import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import { alive } from './carrier.ts'

/** @source behaviour catalogue E.2 */
const most = 1_000
const longest = { ipv4: 32, ipv6: 64 } as const

/**
 * The prefixes that a public virtual interface announces, in canonical form and in the order given. One at least is of
 * the family of its first session; others wait for a session of theirs, since nothing can add them later.
 * @source behaviour catalogue E.2; design, section 8
 */
export function checkedPrefixes(
  given: readonly Shape<'RouteFilterPrefix'>[] | undefined,
  family: AddressFamily,
): readonly string[] {
  const prefixes = (given ?? []).map(({ cidr }) => checkedPrefix(cidr))
  if (prefixes.length < 1 || prefixes.length > most)
    throw refuse(`Invalid value for routeFilterPrefixes: its length ${prefixes.length} is not within 1 to ${most}`)
  if (!prefixes.some((prefix) => prefix.family === family))
    throw refuse(`Invalid value for routeFilterPrefixes: none of them is of the address family ${family}`)
  checkApart(prefixes)
  return prefixes.map(showCidr)
}

/**
 * Whether an account announces nothing else that overlaps with them. What others allocated to it counts once it has
 * confirmed it: nobody else can take its prefixes, or find out which it announces.
 * @param exceptId the virtual interface whose prefixes they are or replace
 * @source design, section 8
 */
export async function checkNotAnnounced(
  snapshot: Snapshot,
  prefixes: readonly string[],
  ownerAccount: string,
  exceptId?: string,
): Promise<void> {
  if (prefixes.length === 0) return
  const owned = await snapshot.list('virtual-interface', 'announcer', ownerAccount)
  const announced = alive(owned, snapshot.now)
    .filter((vif) => vif.id !== exceptId && (!vif.allocated || reached(vif.confirmedAt, snapshot.now)))
    .flatMap((vif) => vif.routeFilterPrefixes)
  checkApart([...announced, ...prefixes].map(parseCidr).filter((prefix) => prefix !== undefined))
}

function checkApart(prefixes: readonly Cidr[]): void {
  const overlap = firstOverlap(prefixes)
  if (overlap !== undefined)
    throw refuse(
      `Announced prefixes may not overlap within an account: ${showCidr(overlap[0])} and ${showCidr(overlap[1])}`,
    )
}

function checkedPrefix(text: string | undefined): Cidr {
  if (text === undefined) throw refuse('Field routeFilterPrefixes.cidr is required')
  const wrong = (why: string) => refuse(`Invalid value ${quote(text)} for routeFilterPrefixes.cidr: ${why}`)
  const prefix = parseCidr(text)
  if (prefix === undefined) throw wrong('it must be in CIDR notation, such as 192.0.2.0/24')
  if (hasHostBits(prefix)) throw wrong('it has bits set beyond its prefix length')
  if (prefix.length < 1 || prefix.length > longest[prefix.family])
    throw wrong(`its prefix length must be in the range 1 to ${longest[prefix.family]}`)
  if (!isPublic(prefix)) throw wrong('it is not a public prefix')
  return prefix
}

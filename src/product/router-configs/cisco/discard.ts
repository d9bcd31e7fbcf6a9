import { cidrOf } from '../notation.ts'
import type { Setup } from '../setup.ts'
import { ip, section } from './words.ts'

/** What stands for the whole of each public prefix, unless the router has a better route for it. */
export function discardLines({ prefixes }: Setup): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    ...section('Your public prefixes, for what no longer prefix in your network leads to.'),
    ...prefixes.map((prefix) => `${ip(prefix.family)} route ${cidrOf(prefix)} Null0 254`),
  ]
}

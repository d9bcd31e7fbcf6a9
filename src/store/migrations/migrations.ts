import type { Migration } from 'kysely/migration'
import { up as records } from './0001-records.ts'
import { up as claimsInOrder } from './0002-claims-in-order.ts'
import { up as smallerIndexes } from './0003-smaller-indexes.ts'
import { up as otherEntries } from './0004-other-entries.ts'
import { up as networksOnCarriers } from './0005-networks-on-carriers.ts'

/** Every migration by its name, in order. One that was released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-records': { up: records },
  '0002-claims-in-order': { up: claimsInOrder },
  '0003-smaller-indexes': { up: smallerIndexes },
  '0004-other-entries': { up: otherEntries },
  '0005-networks-on-carriers': { up: networksOnCarriers },
}

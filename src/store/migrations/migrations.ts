import type { Database } from '../database.ts'
import { up as records } from './0001-records.ts'
import { up as claimsInOrder } from './0002-claims-in-order.ts'
import { up as smallerIndexes } from './0003-smaller-indexes.ts'
import { up as otherEntries } from './0004-other-entries.ts'
import { up as networksOnCarriers } from './0005-networks-on-carriers.ts'
import { up as testsForGood } from './0006-tests-for-good.ts'

/** Every migration, in order: the first one makes schema 1. One that was released never changes. */
export const migrations: readonly ((db: Database) => Promise<void>)[] = [
  records,
  claimsInOrder,
  smallerIndexes,
  otherEntries,
  networksOnCarriers,
  testsForGood,
]

import { type Account, customerAccount } from '../product/accounts/account.ts'
import { firstInventory } from '../product/inventory/first-inventory.ts'
import { type Change, create } from '../product/operation.ts'
import type { Reading, Store } from '../store/store.ts'
import { type Clock, timeIn } from './clock.ts'

/** Puts into an empty store what every installation begins with, and takes over the clock of one that is not empty. */
export async function start(store: Store, clock: Clock, development: boolean): Promise<void> {
  const isWhole = await store.read(async (reading) => (await missing(reading, clock.now(), development)).length === 0)
  // Another server that shares the store may have begun meanwhile.
  if (!isWhole)
    await store.write(async (writing) => {
      const now = await timeIn(writing, clock)
      await writing.save(await missing(writing, now, development), now)
    })
  await followClock(store, clock)
}

/** What a store has to be given: everything if it is empty, or the accounts if it began without the development credentials. */
async function missing(reading: Pick<Reading, 'at'>, now: number, development: boolean): Promise<readonly Change[]> {
  const reads = reading.at(now)
  if ((await reads.get('installation', 'installation')) === undefined) return beginning(now, development)
  const wanted = development ? developmentAccounts(now) : []
  const ids = wanted.map(({ id }) => id)
  const known = new Set((await reads.getAll('account', ids)).map(({ id }) => id))
  return wanted.filter(({ id }) => !known.has(id)).map((account) => create('account', account))
}

/** Takes over the offset that the installation has stored, which another server may have changed. */
export async function followClock(store: Store, clock: Clock): Promise<void> {
  await store.read((reading) => timeIn(reading, clock))
}

/** Forgets everything and begins again, in one step. */
export async function reset(store: Store, clock: Clock, development: boolean): Promise<void> {
  try {
    await store.write(async (writing) => {
      await writing.clear()
      clock.follow(0)
      const now = clock.now()
      await writing.save(beginning(now, development), now)
    })
  } catch (error) {
    // Nothing was forgotten, not even what the time is.
    await start(store, clock, development)
    throw error
  }
}

function beginning(now: number, development: boolean): readonly Change[] {
  return [
    create('installation', { id: 'installation', createdAt: now, clockOffset: 0 }),
    ...firstInventory(now),
    ...(development ? developmentAccounts(now) : []).map((account) => create('account', account)),
  ]
}

/** The accounts of the development credentials that are more than a number. */
function developmentAccounts(now: number): readonly Account[] {
  return [
    { ...customerAccount('000000000000', now), name: 'Test', describedAt: now },
    {
      ...customerAccount('111111111111', now),
      name: 'Partner',
      describedAt: now,
      accountKind: 'partner',
      nniPartnerType: 'v2',
    },
  ]
}

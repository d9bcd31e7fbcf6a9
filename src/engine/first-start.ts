import { type Account, customerAccount } from '../product/accounts/account.ts'
import { firstInventory } from '../product/inventory/first-inventory.ts'
import { type Change, create } from '../product/operation.ts'
import type { Store, Writing } from '../store/store.ts'
import { type Clock, timeIn } from './clock.ts'

/** Puts into an empty store what every installation begins with, and takes over the clock of one that is not empty. */
export async function start(store: Store, clock: Clock, development: boolean): Promise<void> {
  const found = await store.read(async (reading) => {
    const now = clock.now()
    const reads = reading.at(now)
    const wanted = development ? developmentAccounts(now) : []
    const known = new Set(
      (
        await reads.getAll(
          'account',
          wanted.map(({ id }) => id),
        )
      ).map(({ id }) => id),
    )
    return {
      installation: await reads.get('installation', 'installation'),
      missing: wanted.filter(({ id }) => !known.has(id)),
    }
  })
  if (found.installation === undefined)
    await store.write(async (writing) => {
      // Another server that shares the store may have begun meanwhile.
      const now = clock.now()
      if ((await writing.at(now).get('installation', 'installation')) === undefined)
        await begin(writing, now, development)
    })
  await followClock(store, clock)
  if (found.installation === undefined) return
  // A store that began without the development credentials.
  const late = found.missing.map((account) => create('account', account))
  if (late.length > 0) await store.write((writing) => writing.save(late, clock.now()))
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
      await begin(writing, clock.now(), development)
    })
  } catch (error) {
    // Nothing was forgotten, not even what the time is.
    await start(store, clock, development)
    throw error
  }
}

async function begin(writing: Writing, now: number, development: boolean): Promise<void> {
  const changes: readonly Change[] = [
    create('installation', { id: 'installation', createdAt: now, clockOffset: 0 }),
    ...firstInventory(now),
    ...(development ? developmentAccounts(now) : []).map((account) => create('account', account)),
  ]
  await writing.save(changes, now)
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

import { customerAccount } from '../product/accounts/account.ts'
import { firstInventory } from '../product/inventory/first-inventory.ts'
import { type Change, create } from '../product/operation.ts'
import type { Store, Writing } from '../store/store.ts'
import type { Clock } from './clock.ts'

/** Puts into an empty store what every installation begins with, and takes over the clock of one that is not empty. */
export async function start(store: Store, clock: Clock, development: boolean): Promise<void> {
  const installation = await store.read((reading) => reading.at(clock.now()).get('installation', 'installation'))
  if (installation === undefined) await store.write((writing) => begin(writing, clock.now(), development))
  else clock.follow(installation.clockOffset)
}

/** Forgets everything and begins again, in one step. */
export async function reset(store: Store, clock: Clock, development: boolean): Promise<void> {
  await store.write(async (writing) => {
    await writing.clear()
    clock.follow(0)
    await begin(writing, clock.now(), development)
  })
}

async function begin(writing: Writing, now: number, development: boolean): Promise<void> {
  const changes: readonly Change[] = [
    create('installation', { id: 'installation', createdAt: now, clockOffset: 0 }),
    ...firstInventory(now),
    ...(development ? developmentAccounts(now) : []),
  ]
  await writing.save(changes, now)
}

/** The accounts of the development credentials that are more than a number. */
function developmentAccounts(now: number): readonly Change[] {
  return [
    create('account', { ...customerAccount('000000000000', now), name: 'Test', describedAt: now }),
    create('account', {
      ...customerAccount('111111111111', now),
      name: 'Partner',
      describedAt: now,
      accountKind: 'partner',
      nniPartnerType: 'v2',
    }),
  ]
}

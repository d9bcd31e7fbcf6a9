import type { Stored } from '../product/kind.ts'
import type { KindName } from '../product/kinds.ts'
import type { Change } from '../product/operation.ts'
import { type Database, list, perShape } from './database.ts'
import type { LastClaims } from './last-claims.ts'
import { definitionOf, isSecret, revive } from './revived.ts'
import { ClaimTaken, IdTaken } from './store.ts'
import type { Tables } from './tables.ts'
import type { Vault } from './vault.ts'

/** Throws `IdTaken` or `ClaimTaken` when it may have saved a part. */
export async function saveChanges(
  db: Database,
  vault: Vault,
  lastClaims: LastClaims,
  changes: readonly Change[],
  now: number,
) {
  checkOnceEach(changes)
  // Where a record was is looked up before anything is kept.
  const placements = []
  // What is given up is given up first, so that one request may hand a VLAN from one record to another.
  for (const change of changes) placements.push(await giveUp(db, vault, lastClaims, change, now))
  for (const [index, change] of changes.entries())
    if (change.do !== 'erase') await keep(db, vault, lastClaims, change, now, placements[index])
}

/** Two that are created with one id cannot both be kept, which is told where they are. */
function checkOnceEach(changes: readonly Change[]): void {
  if (changes.every((change) => change.do === 'create')) return
  const changed = new Set(changes.map((change) => `${change.kind} ${idOf(change)}`))
  if (changed.size < changes.length) throw new Error('one decision changes a record twice')
}

/** In which sets a record is and what it claims, each once. */
interface Placement {
  readonly sets: readonly Tables['sets'][]
  readonly claims: readonly Tables['claims'][]
}

const nowhere: Placement = { sets: [], claims: [] }

function placementOf(kind: KindName, record: Stored): Placement {
  const { id, createdAt: created_at } = record
  const definition = definitionOf(kind)
  const hidden_from = definition.hiddenFrom(record)
  const sets = []
  for (const [name, values] of Object.entries(definition.sets(record)))
    for (const value of eachOnce(values)) sets.push({ kind, name, value, created_at, id, hidden_from })
  const holder = `${kind} ${id}`
  const claims = definition.claims(record).map(({ scope, key, until }) => ({ scope, key, until, holder }))
  return {
    sets,
    claims: claims.filter((one, index) => claims.findLastIndex((other) => isSameClaim(one, other)) === index),
  }
}

function eachOnce(values: string | readonly string[] | null): Iterable<string> {
  if (typeof values === 'string') return [values]
  return values === null || values.length < 2 ? (values ?? []) : new Set(values)
}

function isSameClaim(one: Tables['claims'], other: Tables['claims']): boolean {
  return one.key === other.key && one.scope === other.scope
}

function isSameSet(one: Tables['sets'], other: Tables['sets']): boolean {
  return one.name === other.name && one.value === other.value && one.created_at === other.created_at
}

/**
 * Takes a record out of the sets in which it no longer is and gives up what it no longer claims. Where it was follows
 * from the facts as they were, so that no index has to say it.
 *
 * @returns where the record was
 */
async function giveUp(
  db: Database,
  vault: Vault,
  lastClaims: LastClaims,
  change: Change,
  now: number,
): Promise<Placement> {
  if (change.do === 'create') return nowhere
  const { kind } = change
  const id = idOf(change)
  const [row] = await db.all<Pick<Tables['records'], 'facts'>>(
    `select facts from records
     where kind = ? and id = ?`,
    [kind, id],
  )
  if (row === undefined) return nowhere
  const before = placementOf(kind, revive(vault, kind, row.facts) as Stored)
  const after = change.do === 'erase' ? nowhere : placementOf(kind, change.record)
  for (const row of before.sets)
    if (!after.sets.some((other) => isSameSet(row, other)))
      await db.run(
        `delete from sets
         where kind = ? and name = ? and value = ? and created_at = ? and id = ?`,
        [kind, row.name, row.value, row.created_at, id],
      )
  // What has ended may be somebody else's by now.
  for (const claim of before.claims) {
    if (after.claims.some((other) => isSameClaim(claim, other) && isHeld(other, now))) continue
    const { scope, key, holder } = claim
    lastClaims.forget(scope)
    await db.run('delete from claims where scope = ? and key = ? and holder = ?', [scope, key, holder])
  }
  if (change.do === 'erase') await db.run('delete from records where kind = ? and id = ?', [kind, id])
  return before
}

function idOf(change: Change): string {
  return change.do === 'erase' ? change.id : change.record.id
}

function isHeld({ until }: Tables['claims'], now: number): boolean {
  return until === null || until > now
}

async function keep(
  db: Database,
  vault: Vault,
  lastClaims: LastClaims,
  change: Exclude<Change, { do: 'erase' }>,
  now: number,
  before: Placement = nowhere,
) {
  const { kind, record } = change
  const { id } = record
  const facts = isSecret(kind) ? vault.seal(record) : JSON.stringify(record)
  const after = placementOf(kind, record)
  const joined = after.sets.filter(
    (row) => !before.sets.some((other) => isSameSet(row, other) && row.hidden_from === other.hidden_from),
  )
  const claimed = after.claims.filter(
    (row) => isHeld(row, now) && !before.claims.some((other) => isSameClaim(row, other) && row.until === other.until),
  )
  // All are on their way before the first is done.
  const [inserted, , taken] = await Promise.all([
    db.run(change.do === 'create' ? insertRecord : saveRecord, [kind, id, facts]),
    joined.length === 0
      ? 0
      : db.run(
          joinSets(joined.length),
          joined.flatMap((row) => [row.kind, row.name, row.value, row.created_at, row.id, row.hidden_from]),
        ),
    claimed.length === 0
      ? 0
      : db.run(claim(claimed.length), [
          ...claimed.flatMap(({ scope, key, until, holder }) => [scope, key, until, holder]),
          now,
        ]),
  ])
  if (inserted === 0) throw new IdTaken(`${kind} ${id} exists`)
  if (taken < claimed.length)
    throw new ClaimTaken(
      `${kind} ${id} claims what is taken: ${claimed.map(({ scope, key }) => `${scope} ${key}`).join(', ')}`,
    )
  for (const { scope, key } of claimed) lastClaims.claimed(scope, key)
}

const insertRecord = `
  insert into records (kind, id, facts) values (?, ?, ?)
  on conflict do nothing`

const saveRecord = `
  insert into records (kind, id, facts) values (?, ?, ?)
  on conflict (kind, id) do update set facts = excluded.facts`

const joinSets = perShape(
  (rows: number) => `
  insert into sets (kind, name, value, created_at, id, hidden_from) values ${list('(?, ?, ?, ?, ?, ?)', rows)}
  on conflict (kind, name, value, created_at, id) do update set hidden_from = excluded.hidden_from`,
)

// What has ended is free.
const claim = perShape(
  (rows: number) => `
  insert into claims (scope, key, until, holder) values ${list('(?, ?, ?, ?)', rows)}
  on conflict (scope, key) do update set until = excluded.until, holder = excluded.holder
    where claims.until <= ? or claims.holder = excluded.holder`,
)

import type { Stored } from '../product/kind.ts'
import type { KindName } from '../product/kinds.ts'
import type { Change } from '../product/operation.ts'
import { type Database, onceCompiled, onceCompiledChange } from './once-compiled.ts'
import { definitionOf, isSecret, revive } from './revived.ts'
import { ClaimTaken, IdTaken } from './store.ts'
import type { Tables } from './tables.ts'
import type { Vault } from './vault.ts'

/** Throws `IdTaken` or `ClaimTaken` when it may have saved a part. */
export async function saveChanges(db: Database, vault: Vault, changes: readonly Change[], now: number) {
  // Where a record was is looked up before anything is kept. Two that are created with one id cannot both be.
  const changed = new Set(changes.map((change) => `${change.kind} ${idOf(change)}`))
  if (changed.size < changes.length && changes.some((change) => change.do !== 'create'))
    throw new Error('one decision changes a record twice')
  const placements = []
  // What is given up is given up first, so that one request may hand a VLAN from one record to another.
  for (const change of changes) placements.push(await giveUp(db, vault, change, now))
  for (const [index, change] of changes.entries())
    if (change.do !== 'erase') await keep(db, vault, change, now, placements[index])
}

/** In which sets a record is and what it claims, each by what it is alone with in its table. */
interface Placement {
  readonly sets: ReadonlyMap<string, Tables['sets']>
  readonly claims: ReadonlyMap<string, Tables['claims']>
}

const nowhere: Placement = { sets: new Map(), claims: new Map() }

function placementOf(kind: KindName, record: Stored): Placement {
  const { id, createdAt: created_at } = record
  const definition = definitionOf(kind)
  const hidden_from = definition.hiddenFrom(record)
  const sets = new Map<string, Tables['sets']>()
  for (const [name, values] of Object.entries(definition.sets(record)))
    for (const value of values === null ? [] : typeof values === 'string' ? [values] : values)
      sets.set(`${name} ${created_at} ${value}`, { kind, name, value, created_at, id, hidden_from })
  const holder = `${kind} ${id}`
  const claims = definition
    .claims(record)
    .map(({ scope, key, until }) => [`${scope}\n${key}`, { scope, key, until, holder }] as const)
  return { sets, claims: new Map(claims) }
}

/**
 * Takes a record out of the sets in which it no longer is and gives up what it no longer claims. Where it was follows
 * from the facts as they were, so that no index has to say it.
 *
 * @returns where the record was
 */
async function giveUp(db: Database, vault: Vault, change: Change, now: number): Promise<Placement> {
  if (change.do === 'create') return nowhere
  const { kind } = change
  const id = idOf(change)
  const [row] = await onceCompiled(db, 'records 1', [kind, id], (kysely) =>
    kysely.selectFrom('records').select('facts').where('kind', '=', kind).where('id', 'in', [id]),
  )
  if (row === undefined) return nowhere
  const before = placementOf(kind, revive(vault, kind, row.facts) as Stored)
  const after = change.do === 'erase' ? nowhere : placementOf(kind, change.record)
  for (const [place, { name, value, created_at }] of before.sets)
    if (!after.sets.has(place))
      await onceCompiled(db, 'leave set', [kind, name, value, created_at, id], (kysely) =>
        kysely
          .deleteFrom('sets')
          .where('kind', '=', kind)
          .where('name', '=', name)
          .where('value', '=', value)
          .where('created_at', '=', created_at)
          .where('id', '=', id),
      )
  // What has ended may be somebody else's by now.
  for (const [place, { scope, key, holder }] of before.claims)
    if (!isHeld(after.claims.get(place), now))
      await onceCompiled(db, 'give up claim', [scope, key, holder], (kysely) =>
        kysely.deleteFrom('claims').where('scope', '=', scope).where('key', '=', key).where('holder', '=', holder),
      )
  if (change.do === 'erase')
    await onceCompiled(db, 'erase', [kind, id], (kysely) =>
      kysely.deleteFrom('records').where('kind', '=', kind).where('id', '=', id),
    )
  return before
}

function idOf(change: Change): string {
  return change.do === 'erase' ? change.id : change.record.id
}

function isHeld(claim: Tables['claims'] | undefined, now: number): boolean {
  return claim !== undefined && (claim.until === null || claim.until > now)
}

async function keep(
  db: Database,
  vault: Vault,
  change: Exclude<Change, { do: 'erase' }>,
  now: number,
  before: Placement = nowhere,
) {
  const { kind, record } = change
  const { id } = record
  const facts = isSecret(kind) ? vault.seal(record) : JSON.stringify(record)
  if (change.do === 'create') {
    const inserted = await onceCompiledChange(db, 'create', [kind, id, facts], (kysely) =>
      kysely
        .insertInto('records')
        .values({ kind, id, facts })
        .onConflict((conflict) => conflict.doNothing()),
    )
    if (inserted === 0) throw new IdTaken(`${kind} ${id} exists`)
  } else
    await onceCompiled(db, 'save', [kind, id, facts, facts], (kysely) =>
      kysely
        .insertInto('records')
        .values({ kind, id, facts })
        .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet({ facts })),
    )

  const after = placementOf(kind, record)
  const joined = [...after.sets].filter(
    ([place, { hidden_from }]) => before.sets.get(place)?.hidden_from !== hidden_from,
  )
  if (joined.length > 0) {
    const rows = joined.map(([, row]) => row)
    await onceCompiled(db, `join sets ${rows.length}`, rows.flatMap(Object.values), (kysely) =>
      kysely
        .insertInto('sets')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['kind', 'name', 'value', 'created_at', 'id'])
            .doUpdateSet((given) => ({ hidden_from: given.ref('excluded.hidden_from') })),
        ),
    )
  }

  const claimed = [...after.claims].filter(
    ([place, claim]) => isHeld(claim, now) && before.claims.get(place)?.until !== claim.until,
  )
  if (claimed.length > 0) {
    const rows = claimed.map(([, row]) => row)
    const taken = await onceCompiledChange(
      db,
      `claim ${rows.length}`,
      [...rows.flatMap(Object.values), now],
      (kysely) =>
        kysely
          .insertInto('claims')
          .values(rows)
          // What has ended is free.
          .onConflict((conflict) =>
            conflict
              .columns(['scope', 'key'])
              .doUpdateSet((given) => ({ until: given.ref('excluded.until'), holder: given.ref('excluded.holder') }))
              .where((or) =>
                or.or([or('claims.until', '<=', now), or('claims.holder', '=', or.ref('excluded.holder'))]),
              ),
          ),
    )
    if (taken < rows.length)
      throw new ClaimTaken(
        `${kind} ${id} claims what is taken: ${rows.map(({ scope, key }) => `${scope} ${key}`).join(', ')}`,
      )
  }
}

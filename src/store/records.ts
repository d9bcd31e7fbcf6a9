import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Kind, Stored } from '../product/kind.ts'
import { type KindName, kinds, type RecordOf } from '../product/kinds.ts'
import { earlier } from '../product/lifecycle.ts'
import type { Change } from '../product/operation.ts'
import type { PageBounds, Reads } from '../product/snapshot.ts'
import type { Attempts } from './attempts.ts'
import type { Memory } from './memory.ts'
import { type Database, onceCompiled, onceCompiledChange } from './once-compiled.ts'
import { type AuditFilter, type AuditRow, ClaimTaken, IdTaken, type Reading, type Writing } from './store.ts'
import type { Tables } from './tables.ts'
import type { Vault } from './vault.ts'

/** How records, sets and claims are read and written: the one code path that every store runs. */

/** @param memory what has been read before and has not changed since */
export function reading(db: Database, vault: Vault, memory: Memory): Reading {
  return {
    at: (now) => readsAt(db, vault, memory, now),
    auditTrail: (filter) => auditTrail(db, filter),
  }
}

function readsAt(db: Database, vault: Vault, memory: Memory, now: number): Reads {
  const revive = <K extends KindName>(kind: K, facts: string) => reviveRecord(vault, kind, facts)

  /** What is remembered of a question about a kind is of that kind. */
  const remembered = <K extends KindName>(kind: K, question: string) =>
    memory.recall(kind, question, now) as readonly RecordOf<K>[] | undefined

  const getAll = async <K extends KindName>(kind: K, ids: readonly string[]): Promise<readonly RecordOf<K>[]> => {
    if (ids.length === 0) return []
    const question = JSON.stringify(ids)
    const known = remembered(kind, question)
    if (known !== undefined) return known
    const found: RecordOf<K>[] = []
    for (const some of portions(ids)) {
      const rows = await onceCompiled(db, `records ${some.length}`, [kind, ...some], (kysely) =>
        kysely.selectFrom('records').select('facts').where('kind', '=', kind).where('id', 'in', some),
      )
      for (const row of rows) found.push(revive(kind, row.facts))
    }
    memory.keep(kind, question, now, null, found)
    return found
  }

  /** In no set is anything of a kind of which there is nothing; when two answers were empty it is worth to ask. */
  const lookForAnything = async (kind: KindName): Promise<void> => {
    if (memory.recall(kind, emptyOnce, now) === undefined) return memory.keep(kind, emptyOnce, now, null, [])
    if (memory.recall(kind, anything, now) !== undefined) return
    const found = await onceCompiled(db, 'anything', [kind, 1], (kysely) =>
      kysely.selectFrom('records').select('id').where('kind', '=', kind).limit(1),
    )
    memory.keep(kind, anything, now, null, found)
  }

  const members = (kind: KindName, set: string, values: readonly string[], page: PageBounds | undefined) => {
    const { after, newestFirst = false } = page ?? {}
    const order = newestFirst ? 'desc' : 'asc'
    const build = (kysely: Kysely<Tables>) => {
      let query = kysely
        .selectFrom('sets')
        .innerJoin('records', (join) =>
          join.onRef('records.kind', '=', 'sets.kind').onRef('records.id', '=', 'sets.id'),
        )
        .select(['sets.created_at', 'sets.id', 'sets.hidden_from', 'records.facts'])
        .where('sets.kind', '=', kind)
        .where('sets.name', '=', set)
        .where('sets.value', 'in', values)
        .where((or) => or.or([or('sets.hidden_from', 'is', null), or('sets.hidden_from', '>', now)]))
      // A record may be in a set under several of the values. To say so costs more than to answer that there is none, so
      // that it is left to us where no page depends on it.
      if (page === undefined && values.length > 1) return query
      query = query.orderBy('sets.created_at', order).orderBy('sets.id', order)
      if (values.length > 1) query = query.groupBy(['sets.created_at', 'sets.id', 'sets.hidden_from', 'records.facts'])
      if (after !== undefined)
        query = query.where(
          newestFirst
            ? sql<SqlBool>`(sets.created_at, sets.id) < (${after.createdAt}, ${after.id})`
            : sql<SqlBool>`(sets.created_at, sets.id) > (${after.createdAt}, ${after.id})`,
        )
      return page === undefined ? query : query.limit(page.limit)
    }
    const shape = `members ${values.length} ${order} ${after !== undefined} ${page !== undefined}`
    const place = after === undefined ? [] : [after.createdAt, after.id]
    const limit = page === undefined ? [] : [page.limit]
    return onceCompiled(db, shape, [kind, set, ...values, now, ...place, ...limit], build)
  }

  return {
    getAll,
    get: async (kind, id) => (await getAll(kind, [id]))[0],
    async list(kind, set, values, page?: PageBounds) {
      if (values.length === 0) return []
      const each = typeof values === 'string' ? [values] : values
      const question = JSON.stringify([set, each, page])
      const known = remembered(kind, question)
      if (known !== undefined) return known
      if (remembered(kind, anything)?.length === 0) return []
      const rows: Member[] = []
      const wanted = portions(each)
      for (const some of wanted) rows.push(...(await members(kind, set, some, page)))
      const whole = wanted.length === 1 && (page !== undefined || each.length === 1)
      const union = whole || rows.length === 0 ? rows : merged(rows, page?.newestFirst).slice(0, page?.limit)
      const found = union.map((row) => revive(kind, row.facts))
      if (rows.length === 0) await lookForAnything(kind)
      const hidden = union.reduce<number | null>((first, row) => earlier(first, row.hidden_from), null)
      memory.keep(kind, question, now, hidden, found)
      return found
    },
    async isClaimed(scope, key) {
      const rows = await onceCompiled(db, 'is claimed', [scope, key, now], (kysely) =>
        kysely
          .selectFrom('claims')
          .select('key')
          .where('scope', '=', scope)
          .where('key', '=', key)
          .where((or) => or.or([or('until', 'is', null), or('until', '>', now)])),
      )
      return rows.length > 0
    },
    async claimed(scope) {
      const rows = await onceCompiled(db, 'claimed', [scope, now], (kysely) =>
        kysely
          .selectFrom('claims')
          .select(['key', 'holder'])
          .where('scope', '=', scope)
          .where((or) => or.or([or('until', 'is', null), or('until', '>', now)])),
      )
      return new Map(rows.map((row) => [row.key, row.holder.slice(row.holder.indexOf(' ') + 1)]))
    },
    async claimEdges(scope, prefix, limit) {
      const end = `${prefix}\u{10ffff}`
      const parameters = [scope, prefix, end, 1, scope, now, prefix, end, limit]
      const rows = await onceCompiled(db, 'claim edges', parameters, (kysely) => {
        const claims = kysely.selectFrom('claims').select('key').where('scope', '=', scope)
        const last = claims.where('key', '>=', prefix).where('key', '<', end).orderBy('key', 'desc').limit(1)
        const freed = claims
          .where('until', '<=', now)
          .where('key', '>=', prefix)
          .where('key', '<', end)
          // Not in the order of the keys, or SQLite would look at all that are held.
          .orderBy('until')
          .orderBy('key')
          .limit(limit)
        return kysely
          .selectFrom(last.as('last'))
          .select(['key', sql<number>`1`.as('is_last')])
          .unionAll(kysely.selectFrom(freed.as('freed')).select(['key', sql<number>`0`.as('is_last')]))
      })
      const keys = (isLast: number) => rows.flatMap(({ key, is_last }) => (is_last === isLast ? [key] : []))
      return { last: keys(1)[0], freed: keys(0).toSorted(byBytes) }
    },
  }
}

/** Questions about a kind that no list of ids and no set is. */
const [anything, emptyOnce] = ['anything', 'empty once']

/** As the databases order keys. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

interface Member {
  readonly created_at: number
  readonly id: string
  readonly hidden_from: number | null
  readonly facts: string
}

/** The answers to several portions of one question, or to one that asked for no order, as one: in the order of lists, each member once. */
function merged(rows: readonly Member[], newestFirst = false): readonly Member[] {
  const each = [...new Map(rows.map((row) => [row.id, row])).values()]
  const oldestFirst = each.toSorted((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1))
  return newestFirst ? oldestFirst.toReversed() : oldestFirst
}

const mostInPortion = 1024

/**
 * Values to ask for at once: as many as every database takes, and only in counts that are powers of two (the last one is
 * asked for repeatedly), so that few different statements have to be compiled.
 */
function portions(values: readonly string[]): readonly (readonly string[])[] {
  const each = [...new Set(values)]
  return Array.from({ length: Math.ceil(each.length / mostInPortion) }, (_, index) => {
    const some = each.slice(index * mostInPortion, (index + 1) * mostInPortion)
    const size = 2 ** Math.ceil(Math.log2(some.length))
    return Array.from({ length: size }, (_, at) => some[Math.min(at, some.length - 1)] ?? '')
  })
}

/** @param memory is kept right */
export function writingOn(db: Database, vault: Vault, memory: Memory, attempts: Attempts): Writing {
  return {
    ...reading(db, vault, memory),
    attempt: attempts.attempt,
    async save(changes, now) {
      await attempts.changing()
      for (const { kind } of changes) memory.forget(kind)
      await saveChanges(db, vault, changes, now)
    },
    async audit(row) {
      await attempts.changing()
      await appendAudit(db, row)
    },
    async clear() {
      await attempts.changing()
      memory.forget()
      await clearTables(db)
    },
  }
}

async function saveChanges(db: Database, vault: Vault, changes: readonly Change[], now: number) {
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
  const before = placementOf(kind, reviveRecord(vault, kind, row.facts) as Stored)
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
  const facts = secret(kind) ? vault.seal(record) : JSON.stringify(record)
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

async function auditTrail(db: Database, filter: AuditFilter): Promise<readonly AuditRow[]> {
  let query = db.kysely.selectFrom('audit').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(filter.limit)
  if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId)
  if (filter.eventName !== undefined) query = query.where('event_name', '=', filter.eventName)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.until !== undefined) query = query.where('at', '<', filter.until)
  if (filter.before !== undefined)
    query = query.where(sql<SqlBool>`(at, id) < (${filter.before.at}, ${filter.before.id})`)
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    accountId: row.account_id,
    eventName: row.event_name,
    record: JSON.parse(row.record),
  }))
}

async function appendAudit(db: Database, row: AuditRow): Promise<void> {
  const { id, at } = row
  const values = { id, at, account_id: row.accountId, event_name: row.eventName, record: JSON.stringify(row.record) }
  await onceCompiled(db, 'audit', Object.values(values), (kysely) => kysely.insertInto('audit').values(values))
}

async function clearTables(db: Database): Promise<void> {
  for (const table of ['records', 'sets', 'claims', 'audit'] as const) await db.kysely.deleteFrom(table).execute()
}

/** Throws if what is sealed in the database was sealed with another key; the first key is remembered. */
export async function proveKey(db: Database, vault: Vault): Promise<void> {
  const known = await db.kysely.selectFrom('seal').select('proof').executeTakeFirst()
  if (known === undefined)
    await db.kysely
      .insertInto('seal')
      .values({ proof: vault.sign(sealText) })
      .execute()
  else if (vault.verify(known.proof) !== sealText) throw new Error('the key is not the key that sealed this database')
}

const sealText = 'crossconnect'

/** The records that some texts say: to open and read one costs more than to find it. Nobody changes a record. */
const revived = new WeakMap<Vault, Map<string, unknown>>()

/** So many are kept, of so many characters at most. */
const [mostRevived, longestRevived] = [2_000, 8_192]

/** At the edge of the store JSON becomes a record again; what was saved under a kind is of that kind. */
function reviveRecord<K extends KindName>(vault: Vault, kind: K, facts: string): RecordOf<K> {
  const records = revived.get(vault) ?? new Map<string, unknown>()
  revived.set(vault, records)
  const known = records.get(facts)
  if (known !== undefined) return known as RecordOf<K>
  const record = (secret(kind) ? vault.open(facts) : JSON.parse(facts)) as RecordOf<K>
  if (records.size >= mostRevived) records.clear()
  if (facts.length <= longestRevived) records.set(facts, record)
  return record
}

function secret(kind: KindName): boolean {
  return definitionOf(kind).secret === true
}

// The list of kinds is typed kind by kind; here each is only asked about records of its own.
function definitionOf(kind: KindName): Kind<Stored> {
  return kinds[kind] as unknown as Kind<Stored>
}

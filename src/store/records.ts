import type { KindName, RecordOf } from '../product/kinds.ts'
import { earlier, reached } from '../product/lifecycle.ts'
import type { PageBounds, Reads } from '../product/snapshot.ts'
import type { Attempts } from './attempts.ts'
import { type Database, lastCharacter, list, perShape, portions } from './database.ts'
import { byBytes } from './last-claims.ts'
import type { Memory } from './memory.ts'
import { nestRows } from './nesting.ts'
import { revive as reviveFacts } from './revived.ts'
import { saveChanges } from './saving.ts'
import { type AuditFilter, type AuditRow, type Reading, type Writing } from './store.ts'
import type { Tables } from './tables.ts'
import type { Vault } from './vault.ts'

/** How records, sets and claims are read, and with `saving.ts` written: the one code path that every store runs. */

/** @param memory what has been read before and has not changed since */
export function reading(db: Database, vault: Vault, memory: Memory): Reading {
  return {
    at: (now) => readsAt(db, vault, memory, now),
    auditTrail: (filter) => auditTrail(db, filter),
  }
}

function readsAt(db: Database, vault: Vault, memory: Memory, now: number): Reads {
  const revive = <K extends KindName>(kind: K, facts: string) =>
    memory.read(facts, (text) => reviveFacts(vault, kind, text))

  /** What is remembered of a question about a kind is of that kind. */
  const remembered = <K extends KindName>(kind: K, question: string) =>
    memory.recall(kind, question, now) as readonly RecordOf<K>[] | undefined

  const isKnownEmpty = (kind: KindName) => memory.recall(kind, anything, now)?.length === 0

  const getAll = async <K extends KindName>(kind: K, ids: readonly string[]): Promise<readonly RecordOf<K>[]> => {
    if (ids.length === 0 || isKnownEmpty(kind)) return []
    const question = JSON.stringify(ids)
    const known = remembered(kind, question)
    if (known !== undefined) return known
    const found: RecordOf<K>[] = []
    for (const some of portions(askable(ids))) {
      const rows = await db.all<Facts>(recordsById(some.length), [kind, ...some])
      for (const row of rows) found.push(revive(kind, row.facts))
    }
    memory.keep(kind, question, now, null, found)
    return found
  }

  /** In no set is anything of a kind of which there is nothing; when two answers were empty it is worth to ask. */
  const lookForAnything = async (kind: KindName): Promise<void> => {
    if (memory.recall(kind, emptyOnce, now) === undefined) return memory.keep(kind, emptyOnce, now, null, [])
    if (memory.recall(kind, anything, now) !== undefined) return
    const found = await db.all('select id from records where kind = ? limit 1', [kind])
    memory.keep(kind, anything, now, null, found)
  }

  const members = (kind: KindName, set: string, values: readonly string[], page: PageBounds | undefined) => {
    const { after, newestFirst = false } = page ?? {}
    const sql = membersIn(values.length, newestFirst ? 'desc' : 'asc', after !== undefined, page !== undefined)
    const place = after === undefined ? [] : [after.createdAt, after.id]
    const limit = page === undefined ? [] : [page.limit]
    return db.all<Member>(sql, [kind, set, ...values, now, ...place, ...limit])
  }

  return {
    getAll,
    get: async (kind, id) => (await getAll(kind, [id]))[0],
    async list(kind, set, values, page?: PageBounds) {
      if (values.length === 0) return []
      if (isKnownEmpty(kind)) return []
      const each = typeof values === 'string' ? [values] : values
      const question = JSON.stringify([set, each, page])
      const known = remembered(kind, question)
      if (known !== undefined) return known
      const rows: Member[] = []
      const wanted = portions(askable(each))
      for (const some of wanted) rows.push(...(await members(kind, set, some, page)))
      const whole = wanted.length === 1 && (page !== undefined || each.length === 1)
      const union = whole || rows.length === 0 ? rows : merged(rows, page?.newestFirst).slice(0, page?.limit)
      const found = union.map((row) => revive(kind, row.facts))
      if (rows.length === 0) await lookForAnything(kind)
      const hidden = union.reduce<number | null>((first, row) => earlier(first, row.hidden_from), null)
      memory.keep(kind, question, now, hidden, found)
      return found
    },
    async nesting(kind, set, wanted) {
      if (wanted.length === 0) return []
      const question = JSON.stringify(['nesting', set, wanted])
      // What is remembered of this question are ids.
      const known = memory.recall(kind, question, now) as readonly string[] | undefined
      if (known !== undefined) return known
      const rows = await nestRows(db, now, kind, set, wanted)
      const shown = rows.filter(({ hidden_from }) => !reached(hidden_from, now))
      const hidden = shown.reduce<number | null>((first, row) => earlier(first, row.hidden_from), null)
      const found = [...new Set(rows.map(({ id }) => id))]
      memory.keep(kind, question, now, hidden, found)
      return found
    },
    async isClaimed(scope, key) {
      const rows = await db.all(
        `select key from claims
         where scope = ? and key = ? and (until is null or until > ?)`,
        [scope, key, now],
      )
      return rows.length > 0
    },
    async claimed(scope) {
      const rows = await db.all<Pick<Tables['claims'], 'key' | 'holder'>>(
        `select key, holder from claims
         where scope = ? and (until is null or until > ?)`,
        [scope, now],
      )
      return new Map(rows.map((row) => [row.key, row.holder.slice(row.holder.indexOf(' ') + 1)]))
    },
    async claimEdges(scope, prefix, limit) {
      const end = prefix + lastCharacter
      const known = memory.lastClaims.recall(scope, prefix)
      // One statement for both would take SQLite several times as long.
      const [[last], freed] = await Promise.all([
        known === undefined
          ? db.all<Key>(
              `select key from claims
               where scope = ? and key >= ? and key < ? order by key desc limit 1`,
              [scope, prefix, end],
            )
          : known === null
            ? []
            : [{ key: known }],
        // Not in the order of the keys, or SQLite would look at all that are held.
        db.all<Key>(
          `select key from claims
           where scope = ? and until <= ? and key >= ? and key < ? order by until, key limit ${atMost}`,
          [scope, now, prefix, end, limit],
        ),
      ])
      if (known === undefined) memory.lastClaims.keep(scope, prefix, last?.key ?? null)
      return { last: last?.key, freed: freed.map(({ key }) => key).toSorted(byBytes) }
    },
  }
}

/** Questions about a kind that no list of ids and no set is. */
const [anything, emptyOnce] = ['anything', 'empty once']

/** For `limit`: what SQLite sees there as a bare parameter it compiles its statement for anew, each time that it runs. */
const atMost = '? + 0'

type Facts = Pick<Tables['records'], 'facts'>
type Key = Pick<Tables['claims'], 'key'>
type Member = Pick<Tables['sets'], 'created_at' | 'id' | 'hidden_from'> & Facts

const recordsById = perShape((ids: number) => `select facts from records where kind = ? and id in (${list('?', ids)})`)

// A record may be in a set under several of the values. To say so costs more than to answer that there is none, so that it
// is left to us where no page depends on it.
const membersIn = perShape(
  (values: number, order: 'asc' | 'desc', after: boolean, page: boolean) => `
  select sets.created_at, sets.id, sets.hidden_from, records.facts
  from sets join records on records.kind = sets.kind and records.id = sets.id
  where sets.kind = ? and sets.name = ? and sets.value in (${list('?', values)})
    and (sets.hidden_from is null or sets.hidden_from > ?)
    ${after ? `and (sets.created_at, sets.id) ${order === 'asc' ? '>' : '<'} (?, ?)` : ''}
  ${page && values > 1 ? 'group by sets.created_at, sets.id, sets.hidden_from, records.facts' : ''}
  ${page || values === 1 ? `order by sets.created_at ${order}, sets.id ${order}` : ''}
  ${page ? `limit ${atMost}` : ''}`,
)

/** The answers to several portions of one question, or to one that asked for no order, as one: in the order of lists, each member once. */
function merged(rows: readonly Member[], newestFirst = false): readonly Member[] {
  const each = [...new Map(rows.map((row) => [row.id, row])).values()]
  const oldestFirst = each.toSorted((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1))
  return newestFirst ? oldestFirst.toReversed() : oldestFirst
}

/** Each once. PostgreSQL knows no text with NUL and gives up the transaction; nothing is found under one in any store. */
function askable(values: readonly string[]): readonly string[] {
  if (values.length === 1 && values[0]?.includes('\0') === false) return values
  return [...new Set(values)].filter((value) => !value.includes('\0'))
}

/** What the requests of a group write, one after the other. */
export interface GroupWriting extends Writing {
  /** Saves what was left for the end of the group; then it may be committed. */
  finish(): Promise<void>
  /** The group will not be committed. */
  forget(): void
}

/** @param memory is kept right */
export function writingOn(db: Database, vault: Vault, memory: Memory, attempts: Attempts): GroupWriting {
  // Nobody in a group reads them, and to insert many at once takes a third of the time.
  let audited: readonly AuditRow[] = []
  return {
    at: (now) => readsAt(db, vault, memory, now),
    async attempt(work) {
      const before = audited
      try {
        return await attempts.attempt(work)
      } catch (error) {
        audited = before
        throw error
      }
    },
    async save(changes, now) {
      await attempts.changing()
      for (const { kind } of changes) memory.forget(kind)
      await saveChanges(db, vault, memory.lastClaims, changes, now)
    },
    async audit(row) {
      audited = [...audited, row]
    },
    async clear() {
      await attempts.changing()
      audited = []
      memory.forget()
      await clearTables(db)
    },
    async finish() {
      await appendAudit(db, audited)
      audited = []
    },
    forget() {
      memory.forget()
      audited = []
    },
  }
}

async function auditTrail(db: Database, filter: AuditFilter): Promise<readonly AuditRow[]> {
  const { accountId, eventName, from, until, before } = filter
  const conditions: [text: string, ...values: (string | number)[]][] = []
  if (accountId !== undefined) conditions.push(['account_id = ?', accountId])
  if (eventName !== undefined) conditions.push(['event_name = ?', eventName])
  if (from !== undefined) conditions.push(['at >= ?', from])
  if (until !== undefined) conditions.push(['at < ?', until])
  if (before !== undefined) conditions.push(['(at, id) < (?, ?)', before.at, before.id])
  const where = conditions.length === 0 ? '' : `where ${conditions.map(([text]) => text).join(' and ')}`
  const rows = await db.all<Tables['audit']>(
    `select id, at, account_id, event_name, record from audit
     ${where} order by at desc, id desc limit ${atMost}`,
    [...conditions.flatMap(([, ...values]) => values), filter.limit],
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    accountId: row.account_id,
    eventName: row.event_name,
    record: JSON.parse(row.record),
  }))
}

/** In as few statements of few lengths as there can be, since each length is a statement of its own. */
async function appendAudit(db: Database, rows: readonly AuditRow[]): Promise<void> {
  const appended = []
  let rest = rows
  for (let size = 64; size >= 1; size /= 2)
    for (; rest.length >= size; rest = rest.slice(size)) {
      const values = rest
        .slice(0, size)
        .flatMap((row) => [row.id, row.at, row.accountId, row.eventName, JSON.stringify(row.record)])
      appended.push(db.run(insertAudits(size), values))
    }
  await Promise.all(appended)
}

const insertAudits = perShape(
  (rows: number) => `
  insert into audit (id, at, account_id, event_name, record) values ${list('(?, ?, ?, ?, ?)', rows)}`,
)

async function clearTables(db: Database): Promise<void> {
  for (const table of ['records', 'sets', 'claims', 'audit']) await db.run(`delete from ${table}`)
}

/** Throws if what is sealed in the database was sealed with another key; the first key is remembered. */
export async function proveKey(db: Database, vault: Vault): Promise<void> {
  const [known] = await db.all<Tables['seal']>('select proof from seal')
  if (known === undefined) await db.run('insert into seal (proof) values (?)', [vault.sign(sealText)])
  else if (vault.verify(known.proof) !== sealText) throw new Error('the key is not the key that sealed this database')
}

const sealText = 'crossconnect'

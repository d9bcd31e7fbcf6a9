import type { Kind, Stored } from '../product/kind.ts'
import { type KindName, kinds, type RecordOf } from '../product/kinds.ts'
import type { Vault } from './vault.ts'

/** The records that some texts say: to open and read one costs more than to find it. Nobody changes a record. */
const revived = new WeakMap<Vault, Map<string, unknown>>()

/** So many are kept, of so many characters at most. */
const [mostRevived, longestRevived] = [2_000, 8_192]

/** At the edge of the store JSON becomes a record again; what was saved under a kind is of that kind. */
export function revive<K extends KindName>(vault: Vault, kind: K, facts: string): RecordOf<K> {
  const records = revived.get(vault) ?? new Map<string, unknown>()
  revived.set(vault, records)
  const known = records.get(facts)
  if (known !== undefined) return known as RecordOf<K>
  const record = (isSecret(kind) ? vault.open(facts) : JSON.parse(facts)) as RecordOf<K>
  if (records.size >= mostRevived) records.clear()
  if (facts.length <= longestRevived) records.set(facts, record)
  return record
}

export function isSecret(kind: KindName): boolean {
  return definitionOf(kind).secret === true
}

// The list of kinds is typed kind by kind; here each is only asked about records of its own.
export function definitionOf(kind: KindName): Kind<Stored> {
  return kinds[kind] as unknown as Kind<Stored>
}

import type { Kind, Stored } from '../product/kind.ts'
import { type KindName, kinds, type RecordOf } from '../product/kinds.ts'
import type { Vault } from './vault.ts'

/** At the edge of the store JSON becomes a record again; what was saved under a kind is of that kind. */
export function revive<K extends KindName>(vault: Vault, kind: K, facts: string): RecordOf<K> {
  return (isSecret(kind) ? vault.open(facts) : JSON.parse(facts)) as RecordOf<K>
}

export function isSecret(kind: KindName): boolean {
  return definitionOf(kind).secret === true
}

// The list of kinds is typed kind by kind; here each is only asked about records of its own.
export function definitionOf(kind: KindName): Kind<Stored> {
  return kinds[kind] as unknown as Kind<Stored>
}

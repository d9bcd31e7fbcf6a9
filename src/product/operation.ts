import type { Input, OperationName, Output } from '../contract/types.ts'
import type { KindName, RecordOf } from './kinds.ts'
import type { Issuer } from './loa/issuer/issuer.ts'
import type { Letter } from './loa/letter.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * An operation decides and does nothing: what it knows comes from the snapshot and the input, what it wants done it
 * returns. The engine saves the changes and then asks `show` for the answer, on the snapshot after them.
 */
export type Operation<N extends OperationName> = (snapshot: Snapshot, input: Input<N>) => Promise<Decision<Output<N>>>

export interface Decision<Out> {
  readonly changes: readonly Change[]
  show(after: Snapshot): Out | Promise<Out>
  /** What takes longer than a transaction may, done once the changes are durable. */
  finish?(shown: Out, documents: Documents): Promise<Out>
  /** Something the operator's log should say once the changes are saved. */
  readonly notice?: string
}

/** What turns facts into documents. The same facts give the same bytes. */
export interface Documents {
  /** A PDF of one page a port. */
  letter(letter: Letter, issuer: Issuer): Promise<Uint8Array>
}

/** `create` refuses an id that exists; `save` keeps these facts whether it exists or not; `erase` forgets the record. */
export type Change =
  | { [K in KindName]: { readonly do: 'create' | 'save'; readonly kind: K; readonly record: RecordOf<K> } }[KindName]
  | { readonly do: 'erase'; readonly kind: KindName; readonly id: string }

export function create<K extends KindName>(kind: K, record: RecordOf<K>): Change {
  return { do: 'create', kind, record } as Change
}

export function save<K extends KindName>(kind: K, record: RecordOf<K>): Change {
  return { do: 'save', kind, record } as Change
}

export function erase(kind: KindName, id: string): Change {
  return { do: 'erase', kind, id }
}

/** What a read returns: nothing changes. */
export function answer<Out>(out: Out): Decision<Out> {
  return { changes: [], show: () => out }
}

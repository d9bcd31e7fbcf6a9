import type { Instant } from './lifecycle.ts'

/**
 * A kind of record, as the store needs to know it: in which sets its records are found, what they hold that is scarce,
 * and from when lists hide them. All three follow from the facts of one record, so saving a record keeps them right.
 */
export interface Kind<R extends Stored> {
  /** Sets the record belongs to: the name of each set with the value (or values) under which the record is in it. */
  readonly sets: (record: R) => SetsOf
  /** What it holds alone. Two records that claim the same key of a scope at the same time cannot both be saved. */
  readonly claims: (record: R) => readonly Claim[]
  /** From this instant on no list shows it; reading it by its id still does. */
  readonly hiddenFrom: (record: R) => Instant
  /** Has members that are encrypted at rest (the contract's secret members, and an access key's secret). */
  readonly secret?: true
}

export interface Stored {
  readonly id: string
  /** Epoch milliseconds of product time; lists are ordered by it. */
  readonly createdAt: number
}

export type SetsOf = Readonly<Record<string, string | readonly string[] | null>>

export interface Claim {
  /** What is scarce, such as `vlan dxcon-fg31dyv6`. */
  readonly scope: string
  readonly key: string
  /** When it is free again; null: while the record says nothing else. */
  readonly until: Instant
}

/** Keeps the literal names of the sets, so that asking for a set that does not exist does not compile. */
export function kind<R extends Stored>() {
  return <S extends SetsOf>(definition: Kind<R> & { readonly sets: (record: R) => S }) => definition
}

import type { KindName, RecordOf, SetName } from './kinds.ts'
import type { Observed } from './observed.ts'
import type { Settings } from './settings.ts'
import type { Topology } from './topology.ts'

/**
 * Everything an operation may look at, read-only, at one instant. Reads go by key or by set, never one query a row.
 * A store implements the reads inside the request's transaction; the engine adds time, chance and the caller.
 */
export interface Snapshot extends Reads {
  /** Product time, epoch milliseconds. The same for the whole request. */
  readonly now: number
  readonly caller: Caller
  readonly settings: Settings
  /** A fresh identifier in AWS's form, such as `dxcon-fg31dyv6`; one that exists already makes the engine draw again. */
  id(prefix: IdPrefix): string
  /** A fresh UUID, lower case. */
  uuid(): string
  /** `count` random bytes. */
  random(count: number): Uint8Array
  /** What the fabric sees of the ports, bundles and sessions of a topology. */
  observe(topology: Topology): Promise<Observed>
  /** Paging tokens that only this installation can have made. */
  readonly tokens: Tokens
}

/** Direct Connect's ids go on with 8 characters (a resiliency group's with 17), EC2's with 17 hexadecimal digits, a session's key with 16 capitals. */
export type IdPrefix = 'dxcon' | 'dxlag' | 'dxvif' | 'dxpeer' | 'dxrg' | Ec2IdPrefix | 'ASIA'
type Ec2IdPrefix =
  | 'acl'
  | 'dopt'
  | 'rtb'
  | 'rtbassoc'
  | 'sg'
  | 'subnet'
  | 'tgw'
  | 'tgw-attach'
  | 'tgw-rtb'
  | 'vgw'
  | 'vpc'
  | 'vpc-cidr-assoc'

export interface Reads {
  get<K extends KindName>(kind: K, id: string): Promise<RecordOf<K> | undefined>
  getAll<K extends KindName>(kind: K, ids: readonly string[]): Promise<readonly RecordOf<K>[]>
  /** The records of a set that are not hidden at `now`, oldest first unless the page says otherwise; several values give the union. */
  list<K extends KindName>(
    kind: K,
    set: SetName<K>,
    values: string | readonly string[],
    page?: PageBounds,
  ): Promise<readonly RecordOf<K>[]>
  /**
   * Which records are found in a set under a value that begins with one of `wanted`, or with which one of these begins,
   * and are not hidden at `now`, or were not at an earlier instant: their ids, each once. It reads no record.
   */
  nesting<K extends KindName>(kind: K, set: SetName<K>, wanted: readonly Nest[]): Promise<readonly string[]>
  /** Whether a key of a scope is held at `now`. */
  isClaimed(scope: string, key: string): Promise<boolean>
  /** The keys of a scope that are held at `now`, each with the id of the record that holds it. */
  claimed(scope: string): Promise<ReadonlyMap<string, string>>
  /**
   * Where to look for a free key of a scope without reading all that are held: among those that begin with `prefix`, the
   * last one that is held or was, and the first `limit` that were held and are free at `now`. A key that somebody has
   * given up may be in neither.
   */
  claimEdges(scope: string, prefix: string, limit: number): Promise<ClaimEdges>
}

export interface Nest {
  /** Of the record that is not meant. */
  readonly id: string
  readonly value: string
  /** With what all values begin that may nest with it. */
  readonly scope: string
  /** What is hidden is meant too if it was not at this instant. */
  readonly shownAt?: number | undefined
}

export interface ClaimEdges {
  readonly last: string | undefined
  readonly freed: readonly string[]
}

export interface PageBounds {
  readonly limit: number
  /** Only what comes after this record. */
  readonly after?: Position | undefined
  /** From the end of the list to its beginning. */
  readonly newestFirst?: boolean | undefined
}

/** Where a record stands in every list. */
export interface Position {
  readonly createdAt: number
  readonly id: string
}

export interface Caller {
  /** Twelve digits; of the operator it is empty. */
  readonly accountId: string
  /** The Region that the request was signed for. */
  readonly region: string
}

export interface Tokens {
  seal(text: string): string
  /** undefined: this installation did not make it. */
  open(token: string): string | undefined
}

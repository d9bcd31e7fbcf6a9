import type { Change } from '../product/operation.ts'
import type { Reads } from '../product/snapshot.ts'

/**
 * Where facts are kept. One request is one `write`; what it saved is durable when `write` resolves. The engine knows
 * this contract only; `main.ts` picks the store. What a store guarantees is written down as test/contracts/store.
 */
export interface Store {
  /** Reads what is committed, as of one commit: nothing that is committed meanwhile is seen. */
  read<T>(work: (reads: Reading) => Promise<T>): Promise<T>
  /**
   * Runs `work` alone among writers, who all wait for it: it should await nothing but the store. Nothing that it began
   * may go on when it has settled. When it throws, nothing of it is kept; either way the answer leaves only after the commit of all that
   * it could have seen. Rejects with `NotDurable` if that commit fails.
   */
  write<T>(work: (writing: Writing) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface Reading {
  /** Reads as of an instant of product time: what is hidden or free by then is hidden or free. */
  at(now: number): Reads
  /** Audit records, newest first. */
  auditTrail(filter: AuditFilter): Promise<readonly AuditRow[]>
}

export interface Writing extends Pick<Reading, 'at'> {
  /** Throws `IdTaken` or `ClaimTaken`; then whatever the enclosing `attempt` saved is gone. */
  save(changes: readonly Change[], now: number): Promise<void>
  /**
   * Part of a write that may fail alone: when `work` throws, what it saved is undone and the error passed on. Attempts
   * may nest but not run side by side.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>
  /** Is saved when the write is committed. */
  audit(row: AuditRow): Promise<void>
  /** Forgets everything. */
  clear(): Promise<void>
}

export interface AuditRow {
  readonly id: string
  /** Epoch milliseconds of product time. */
  readonly at: number
  readonly accountId: string
  readonly eventName: string
  /** The record as CloudTrail shapes it, redacted. */
  readonly record: Readonly<Record<string, unknown>>
}

export interface AuditFilter {
  readonly accountId?: string | undefined
  readonly eventName?: string | undefined
  readonly from?: number | undefined
  readonly until?: number | undefined
  readonly before?: { readonly at: number; readonly id: string } | undefined
  readonly limit: number
}

/** A new record has an id that exists. */
export class IdTaken extends Error {
  override readonly name = 'IdTaken'
}

/** A record claims something that another one holds. */
export class ClaimTaken extends Error {
  override readonly name = 'ClaimTaken'
}

/** What a request decided could not be made durable; nothing of it is kept. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable'
}

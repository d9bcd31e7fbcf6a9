import type { AuditFilter, AuditRow } from '../store/store.ts'
import { operatorErrors } from './errors.ts'
import type { DoorParts } from './operation.ts'

export interface AuditQuery {
  readonly accountId?: string | undefined
  readonly eventName?: string | undefined
  /** ISO 8601. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

const pageSize = 100

/** A page of the audit trail, newest first: records in CloudTrail's shape, redacted when they were written. */
export async function readAuditTrail({ auditTrail, tokens }: DoorParts, query: AuditQuery) {
  const { accountId, eventName, from, until, limit = pageSize, nextToken } = query
  const asked = JSON.stringify(['audit', accountId ?? null, eventName ?? null, from ?? null, until ?? null])
  const filter: AuditFilter = {
    accountId,
    eventName,
    from: from === undefined ? undefined : Date.parse(from),
    until: until === undefined ? undefined : Date.parse(until),
    before: nextToken === undefined ? undefined : position(tokens.open(nextToken), asked),
    limit: limit + 1,
  }
  const rows = await auditTrail(filter)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const events = page.map((row) => row.record)
  return rows.length > limit && last !== undefined
    ? { events, nextToken: tokens.seal(JSON.stringify([asked, last.at, last.id])) }
    : { events }
}

function position(text: string | undefined, asked: string): Pick<AuditRow, 'at' | 'id'> {
  // What is signed is ours, so it has this form.
  const [of, at, id] = text === undefined ? [] : (JSON.parse(text) as [string, number, string])
  if (of !== asked || at === undefined || id === undefined)
    throw operatorErrors.invalid('Invalid value for nextToken: it is not a token that this list returned')
  return { at, id }
}

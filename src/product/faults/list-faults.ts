import { answer, type Decision } from '../operation.ts'
import { listPageWhere } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { isActive, type ShownFault, showFault } from './show.ts'

export interface FaultFilter {
  readonly active?: boolean | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

export async function listFaults(
  snapshot: Snapshot,
  input: FaultFilter,
): Promise<Decision<{ readonly faults: readonly ShownFault[]; readonly nextToken?: string | undefined }>> {
  const { now } = snapshot
  const { active, limit, nextToken } = input
  const page = await listPageWhere(snapshot, 'fault', 'all', '*', { maxResults: limit, nextToken }, async (faults) =>
    active === undefined ? faults : faults.filter((fault) => isActive(fault, now) === active),
  )
  return answer({ faults: page.records.map((fault) => showFault(fault, now)), nextToken: page.nextToken })
}

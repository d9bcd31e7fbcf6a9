import { answer, type Decision } from '../operation.ts'
import { listPage } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { type LocationFacts, showLocationToOperator } from './show-to-operator.ts'

export interface LocationFilter {
  readonly region?: string | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

export async function listLocations(
  snapshot: Snapshot,
  { region, limit, nextToken }: LocationFilter,
): Promise<Decision<{ readonly locations: readonly LocationFacts[]; readonly nextToken?: string | undefined }>> {
  const bounds = { maxResults: limit, nextToken }
  const page =
    region === undefined
      ? await listPage(snapshot, 'location', 'all', '*', bounds)
      : await listPage(snapshot, 'location', 'region', region, bounds)
  return answer({ locations: page.records.map(showLocationToOperator), nextToken: page.nextToken })
}

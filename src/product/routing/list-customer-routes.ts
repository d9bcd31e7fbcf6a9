import { answer, type Decision } from '../operation.ts'
import { listPage } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { virtualInterfaceNamed } from '../virtual-interfaces/of-operator.ts'
import { type AnnouncedRoutes, showAnnounced } from './announce-customer-routes.ts'

/** What the customer's router has announced and when, oldest first. */
export async function listCustomerRoutes(
  snapshot: Snapshot,
  input: {
    readonly virtualInterfaceId: string
    readonly limit?: number | undefined
    readonly nextToken?: string | undefined
  },
): Promise<Decision<{ readonly announced: readonly AnnouncedRoutes[]; readonly nextToken?: string | undefined }>> {
  const { vif } = await virtualInterfaceNamed(snapshot, input.virtualInterfaceId)
  const bounds = { maxResults: input.limit, nextToken: input.nextToken }
  const page = await listPage(snapshot, 'customer-routes', 'virtual-interface', vif.id, bounds)
  return answer({ announced: page.records.map(showAnnounced), nextToken: page.nextToken })
}

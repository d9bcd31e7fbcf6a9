import { answer, type Operation } from '../operation.ts'
import { listPage } from '../paging.ts'
import { showSummary } from './show.ts'

/** Groups are global: the Region of the call does not matter. */
export const ListResiliencyGroups: Operation<'ListResiliencyGroups'> = async (snapshot, input) => {
  const { records, nextToken } = await listPage(snapshot, 'resiliency-group', 'owner', snapshot.caller.accountId, input)
  return answer({ items: records.map((group) => showSummary(group, snapshot)), nextToken })
}

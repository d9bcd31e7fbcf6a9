import type { Operation } from '../operation.ts'
import { listPage } from '../paging.ts'
import { viewOf } from '../view.ts'
import { ownLag } from './rules.ts'
import { showLag } from './show.ts'

/** Unlike a gateway's, an unknown id is an error here. @source behaviour catalogue A.2 */
export const DescribeLags: Operation<'DescribeLags'> = async (snapshot, input) => {
  const { accountId, region } = snapshot.caller
  const { records, nextToken } =
    input.lagId === undefined
      ? await listPage(snapshot, 'lag', 'owner', `${accountId} ${region}`, input)
      : { records: [await ownLag(snapshot, input.lagId)], nextToken: undefined }
  const view = await viewOf(snapshot, { lags: records })
  return { changes: [], show: () => ({ lags: records.map((lag) => showLag(lag, view)), nextToken }) }
}

import { answer, type Operation } from '../operation.ts'
import { listPage } from '../paging.ts'
import { viewOf } from '../view.ts'
import { ownInterconnect } from './rules.ts'
import { showInterconnect } from './show.ts'

/** The partner's interconnects of this Region; an unknown id is an error, as with connections. */
export const DescribeInterconnects: Operation<'DescribeInterconnects'> = async (snapshot, input) => {
  const { accountId, region } = snapshot.caller
  const { records, nextToken } =
    input.interconnectId === undefined
      ? await listPage(snapshot, 'connection', 'interconnects', `${accountId} ${region}`, input)
      : { records: [await ownInterconnect(snapshot, input.interconnectId)], nextToken: undefined }
  const view = await viewOf(snapshot, { connections: records })
  return answer({ interconnects: records.map((interconnect) => showInterconnect(interconnect, view)), nextToken })
}

import { answer, type Operation } from '../operation.ts'
import { listPage } from '../paging.ts'
import { viewOf } from '../view.ts'
import { ownConnection } from './rules.ts'
import { showConnection } from './show.ts'

/** The caller's dedicated and hosted connections of this Region; an unknown id is an error. @source behaviour catalogue A.2 */
export const DescribeConnections: Operation<'DescribeConnections'> = async (snapshot, input) => {
  const { accountId, region } = snapshot.caller
  const { records, nextToken } =
    input.connectionId === undefined
      ? await listPage(snapshot, 'connection', 'owner', `${accountId} ${region}`, input)
      : { records: [await ownConnection(snapshot, input.connectionId)], nextToken: undefined }
  const view = await viewOf(snapshot, { connections: records })
  return answer({ connections: records.map((connection) => showConnection(connection, view)), nextToken })
}

import { ownInterconnect } from '../interconnects/rules.ts'
import { answer, type Operation } from '../operation.ts'
import { showChildren } from './children.ts'

/** The deprecated form of DescribeHostedConnections; its token is good for that operation, having no member for one. */
export const DescribeConnectionsOnInterconnect: Operation<'DescribeConnectionsOnInterconnect'> = async (
  snapshot,
  input,
) => {
  const { id } = await ownInterconnect(snapshot, input.interconnectId)
  return answer(await showChildren(snapshot, id, {}))
}

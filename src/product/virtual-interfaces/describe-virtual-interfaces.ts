import { answer, type Operation } from '../operation.ts'
import { listPage } from '../paging.ts'
import { viewOf } from '../view.ts'
import { knownVirtualInterface } from './rules.ts'
import { showVirtualInterface } from './show.ts'

/**
 * All of this Region in which the caller has a part, those on one connection or LAG, or one. Whatever does not exist for
 * the caller gives an empty list.
 * @source behaviour catalogue A.2, B.3
 */
export const DescribeVirtualInterfaces: Operation<'DescribeVirtualInterfaces'> = async (snapshot, input) => {
  const { connectionId, virtualInterfaceId } = input
  const { accountId, region } = snapshot.caller
  if (virtualInterfaceId !== undefined) {
    const vif = await knownVirtualInterface(snapshot, virtualInterfaceId)
    const asked = vif !== undefined && (connectionId === undefined || vif.connectionId === connectionId) ? [vif] : []
    const view = await viewOf(snapshot, { virtualInterfaces: asked })
    return answer({ virtualInterfaces: asked.map((vif) => showVirtualInterface(vif, view)) })
  }
  const { records, nextToken } =
    connectionId === undefined
      ? await listPage(snapshot, 'virtual-interface', 'party', `${accountId} ${region}`, input)
      : await listPage(snapshot, 'virtual-interface', 'partyOn', `${accountId} ${region} ${connectionId}`, input)
  const view = await viewOf(snapshot, { virtualInterfaces: records })
  return answer({ virtualInterfaces: records.map((vif) => showVirtualInterface(vif, view)), nextToken })
}

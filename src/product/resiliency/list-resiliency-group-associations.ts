import { answer, type Operation } from '../operation.ts'
import { listPageWhere } from '../paging.ts'
import { ownGroup, presentIn } from './rules.ts'
import { showAssociation } from './show.ts'

export const ListResiliencyGroupAssociations: Operation<'ListResiliencyGroupAssociations'> = async (
  snapshot,
  input,
) => {
  const group = await ownGroup(snapshot, input.resiliencyGroupId)
  const { records, nextToken } = await listPageWhere(
    snapshot,
    'resiliency-association',
    'group',
    group.id,
    input,
    async (associations) => (await presentIn(snapshot, associations)).map(([association]) => association),
  )
  const present = await presentIn(snapshot, records)
  return answer({
    items: present.map(([association, connection]) => showAssociation(association, connection, snapshot.now)),
    nextToken,
  })
}

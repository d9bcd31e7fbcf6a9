import { answer, type Operation } from '../operation.ts'
import { ownGroup } from './rules.ts'
import { showGroup } from './show.ts'

export const GetResiliencyGroup: Operation<'GetResiliencyGroup'> = async (snapshot, input) => {
  const group = await ownGroup(snapshot, input.resiliencyGroupId)
  return answer({ resiliencyGroup: showGroup(group, snapshot) })
}

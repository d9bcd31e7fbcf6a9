import { ownInterconnect } from '../interconnects/rules.ts'
import type { Operation } from '../operation.ts'
import { allocate } from './allocation.ts'
import { readyParent } from './rules.ts'

/** The deprecated form of AllocateHostedConnection, which knows no LAGs and no tags. */
export const AllocateConnectionOnInterconnect: Operation<'AllocateConnectionOnInterconnect'> = async (
  snapshot,
  input,
) => {
  const { id } = await ownInterconnect(snapshot, input.interconnectId)
  return allocate(snapshot, await readyParent(snapshot, id), input)
}

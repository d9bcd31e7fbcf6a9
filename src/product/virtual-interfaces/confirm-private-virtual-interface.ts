import type { Operation } from '../operation.ts'
import { confirmed } from './confirmation.ts'
import { stateAfter } from './show.ts'

export const ConfirmPrivateVirtualInterface: Operation<'ConfirmPrivateVirtualInterface'> = async (snapshot, input) => {
  const { vif, changes } = await confirmed(snapshot, 'private', input)
  return { changes, show: (after) => stateAfter(vif, after) }
}

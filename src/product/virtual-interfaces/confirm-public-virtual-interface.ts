import type { Operation } from '../operation.ts'
import { confirmed } from './confirmation.ts'
import { stateAfter } from './show.ts'

export const ConfirmPublicVirtualInterface: Operation<'ConfirmPublicVirtualInterface'> = async (snapshot, input) => {
  const { vif, changes } = await confirmed(snapshot, 'public', input)
  return { changes, show: (after) => stateAfter(vif, after) }
}

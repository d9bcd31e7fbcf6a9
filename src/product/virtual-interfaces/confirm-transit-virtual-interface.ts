import type { Operation } from '../operation.ts'
import { confirmed } from './confirmation.ts'
import { stateAfter } from './show.ts'

export const ConfirmTransitVirtualInterface: Operation<'ConfirmTransitVirtualInterface'> = async (snapshot, input) => {
  const { vif, changes } = await confirmed(snapshot, 'transit', input)
  return { changes, show: (after) => stateAfter(vif, after) }
}

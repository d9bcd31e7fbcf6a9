import { type Operation, save } from '../operation.ts'
import { confirmed } from './confirmation.ts'
import { stateAfter } from './show.ts'

export const ConfirmPublicVirtualInterface: Operation<'ConfirmPublicVirtualInterface'> = async (snapshot, input) => {
  const vif = await confirmed(snapshot, 'public', input)
  return { changes: [save('virtual-interface', vif)], show: (after) => stateAfter(vif, after) }
}

import { lifecycle, reached } from '../lifecycle.ts'
import type { Observed } from '../observed.ts'
import type { VirtualInterface, VirtualInterfaceState } from './virtual-interface.ts'

/** @source behaviour catalogue B.3 */
export const virtualInterfaceState = lifecycle<VirtualInterfaceState, VirtualInterface, Observed>([
  ['deleted', (vif, _seen, now) => reached(vif.deletedAt, now)],
  ['rejected', (vif, _seen, now) => reached(vif.rejectedAt, now)],
  ['deleting', (vif, _seen, now) => reached(vif.deleteAskedAt, now)],
  ['confirming', (vif, _seen, now) => vif.allocated && !reached(vif.confirmedAt, now)],
  ['verifying', (vif, _seen, now) => vif.type === 'public' && !reached(vif.verifiedAt, now)],
  ['pending', (vif, _seen, now) => !reached(vif.provisionedAt, now)],
  ['down', (vif, seen) => !vif.peers.some((peer) => seen.session(peer.id).up)],
  ['available', () => true],
])

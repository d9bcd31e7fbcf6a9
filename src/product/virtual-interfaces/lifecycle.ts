import { runningTest } from '../bgp/failover-tests/failover-test.ts'
import { lifecycle, reached } from '../lifecycle.ts'
import type { View } from '../view.ts'
import type { VirtualInterface, VirtualInterfaceState } from './virtual-interface.ts'

/** What the state depends on beside the facts: its sessions, and its failover tests. */
type Seen = Pick<View, 'observed' | 'topology'>

/** @source behaviour catalogue B.3 */
export const virtualInterfaceState = lifecycle<VirtualInterfaceState, VirtualInterface, Seen>([
  ['deleted', (vif, _seen, now) => reached(vif.deletedAt, now)],
  ['rejected', (vif, _seen, now) => reached(vif.rejectedAt, now)],
  ['deleting', (vif, _seen, now) => reached(vif.deleteAskedAt, now)],
  ['confirming', (vif, _seen, now) => vif.allocated && !reached(vif.confirmedAt, now)],
  ['verifying', (vif, _seen, now) => vif.type === 'public' && !reached(vif.verifiedAt, now)],
  ['pending', (vif, _seen, now) => !reached(vif.provisionedAt, now)],
  ['testing', (vif, { topology }, now) => runningTest(topology.failoverTests.get(vif.id), now) !== undefined],
  ['down', (vif, { observed }) => !vif.peers.some((peer) => observed.session(peer.id).up)],
  ['available', () => true],
])

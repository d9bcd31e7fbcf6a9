import { quote } from '../../../contract/quote.ts'
import { refuse } from '../../fault.ts'
import { reached } from '../../lifecycle.ts'
import type { Snapshot } from '../../snapshot.ts'
import type { VirtualInterface } from '../../virtual-interfaces/virtual-interface.ts'
import type { BgpPeer } from '../bgp-peer.ts'
import { type FailoverTest, runningTest } from './failover-test.ts'

const duration = { usual: 180, most: 4_320 }

/** In minutes: three hours unless asked otherwise, three days at most. @source behaviour catalogue B.7 */
export function checkedDuration(minutes: number = duration.usual): number {
  if (minutes < 1 || minutes > duration.most)
    throw refuse(`Invalid value ${minutes} for testDurationInMinutes: it must be in the range 1 to ${duration.most}`)
  return minutes
}

/** The sessions that a test is to keep down: those named, or all that are on no way out. @source behaviour catalogue A.1 */
export function testedPeers(
  vif: VirtualInterface,
  named: readonly string[] | undefined,
  now: number,
): readonly BgpPeer[] {
  const live = vif.peers.filter((peer) => !reached(peer.deleteAskedAt, now))
  if (named === undefined || named.length === 0) return live
  const unknown = named.find((name) => !live.some((peer) => isNamed(peer, name)))
  if (unknown !== undefined)
    throw refuse(`Invalid value ${quote(unknown)} for bgpPeers: VirtualInterface ${vif.id} has no such BGP peer`)
  return live.filter((peer) => named.some((name) => isNamed(peer, name)))
}

/** By its id. AWS's own runbook names the customer's address, with or without its prefix length, so that works too. */
function isNamed({ id, customerAddress }: BgpPeer, name: string): boolean {
  return name === id || name === customerAddress || name === customerAddress.split('/', 1)[0]
}

/** The test that a virtual interface is in. */
export async function testOf(snapshot: Snapshot, vif: VirtualInterface): Promise<FailoverTest | undefined> {
  return runningTest(await snapshot.list('failover-test', 'virtual-interface', vif.id), snapshot.now)
}

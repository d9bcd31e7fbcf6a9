import { refuse } from '../../fault.ts'
import { create, erase, type Operation } from '../../operation.ts'
import { minute } from '../../settings.ts'
import { checkState, ownVirtualInterface } from '../../virtual-interfaces/rules.ts'
import { type FailoverTest, runningTest } from './failover-test.ts'
import { checkedDuration, testedPeers } from './rules.ts'
import { showTest } from './show.ts'

/**
 * Its owner takes sessions of a virtual interface down for a while; they come back by themselves.
 * @source behaviour catalogue A.1, B.3, B.7
 */
export const StartBgpFailoverTest: Operation<'StartBgpFailoverTest'> = async (snapshot, input) => {
  const { now } = snapshot
  const vif = await ownVirtualInterface(snapshot, input.virtualInterfaceId)
  const earlier = await snapshot.list('failover-test', 'virtual-interface', vif.id)
  if (runningTest(earlier, now) !== undefined)
    throw refuse(`StartBgpFailoverTest failed. A failover test is already running on VirtualInterface ${vif.id}`)
  await checkState(snapshot, 'StartBgpFailoverTest', vif, ['available', 'down'])
  const durationMinutes = checkedDuration(input.testDurationInMinutes)
  const test: FailoverTest = {
    id: snapshot.uuid(),
    createdAt: now,
    virtualInterfaceId: vif.id,
    ownerAccount: vif.ownerAccount,
    region: vif.region,
    bgpPeers: testedPeers(vif, input.bgpPeers, now).map(({ id }) => id),
    durationMinutes,
    endsAt: now + durationMinutes * minute,
    stoppedAt: null,
  }
  const forgotten = earlier.slice(0, Math.max(0, earlier.length + 1 - mostKept))
  return {
    changes: [create('failover-test', test), ...forgotten.map(({ id }) => erase('failover-test', id))],
    show: () => ({ virtualInterfaceTest: showTest(test, vif, now) }),
  }
}

/** Of one virtual interface. Each look at it reads them all, so whoever starts and stops tests all day must not add to them for ever. */
const mostKept = 500

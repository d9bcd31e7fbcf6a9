import type { Shape } from '../../../contract/types.ts'
import { reached } from '../../lifecycle.ts'
import type { VirtualInterface } from '../../virtual-interfaces/virtual-interface.ts'
import { endedAt, type FailoverTest, failoverTestStatus } from './failover-test.ts'

/** It has an end once it has ended. */
export function showTest(
  test: FailoverTest,
  vif: Pick<VirtualInterface, 'deleteAskedAt'>,
  now: number,
): Shape<'VirtualInterfaceTestHistory'> {
  const end = endedAt(test, vif)
  return {
    testId: test.id,
    virtualInterfaceId: test.virtualInterfaceId,
    bgpPeers: test.bgpPeers,
    status: failoverTestStatus.at(test, vif, now),
    ownerAccount: test.ownerAccount,
    testDurationInMinutes: test.durationMinutes,
    startTime: test.createdAt,
    endTime: reached(end, now) ? end : undefined,
  }
}

import { refuse } from '../../fault.ts'
import { type Operation, save } from '../../operation.ts'
import { ownVirtualInterface } from '../../virtual-interfaces/rules.ts'
import type { FailoverTest } from './failover-test.ts'
import { testOf } from './rules.ts'
import { showTest } from './show.ts'

/** Ends the test that runs; its sessions come back at once. @source behaviour catalogue A.1, B.7 */
export const StopBgpFailoverTest: Operation<'StopBgpFailoverTest'> = async (snapshot, input) => {
  const { now } = snapshot
  const vif = await ownVirtualInterface(snapshot, input.virtualInterfaceId)
  const running = await testOf(snapshot, vif)
  if (running === undefined || vif.deleteAskedAt !== null)
    throw refuse(`StopBgpFailoverTest failed. No failover test is running on VirtualInterface ${vif.id}`)
  const stopped: FailoverTest = { ...running, stoppedAt: now }
  return {
    changes: [save('failover-test', stopped)],
    show: () => ({ virtualInterfaceTest: showTest(stopped, vif, now) }),
  }
}

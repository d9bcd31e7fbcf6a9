import type { Input } from '../../../contract/types.ts'
import { answer, type Operation } from '../../operation.ts'
import { listPageWhere } from '../../paging.ts'
import type { Snapshot } from '../../snapshot.ts'
import { type FailoverTest, failoverTestStatus, isKept } from './failover-test.ts'
import { showTest } from './show.ts'

/**
 * The caller's tests of the last 365 days in this Region, newest first. What fits no filter, and what is another
 * account's, is left out.
 * @source behaviour catalogue A.1, B.7
 */
export const ListVirtualInterfaceTestHistory: Operation<'ListVirtualInterfaceTestHistory'> = async (
  snapshot,
  input,
) => {
  const { caller, now } = snapshot
  const { virtualInterfaceId: vifId, maxResults, nextToken } = input
  const [set, value] =
    vifId === undefined
      ? (['owner', `${caller.accountId} ${caller.region}`] as const)
      : (['virtual-interface', vifId] as const)
  const bounds = { maxResults, nextToken, newestFirst: true } as const
  const page = await listPageWhere(snapshot, 'failover-test', set, value, bounds, (tests) =>
    wanted(snapshot, tests, input),
  )
  const vifs = await testedBy(snapshot, page.records)
  return answer({
    virtualInterfaceTestHistory: page.records.map((test) => showTest(test, vifs(test), now)),
    nextToken: page.nextToken,
  })
}

async function wanted(
  snapshot: Snapshot,
  tests: readonly FailoverTest[],
  { testId, bgpPeers, status }: Input<'ListVirtualInterfaceTestHistory'>,
): Promise<readonly FailoverTest[]> {
  const { caller, now } = snapshot
  const vifs = await testedBy(snapshot, tests)
  return tests.filter(
    (test) =>
      isKept(test, now) &&
      test.ownerAccount === caller.accountId &&
      test.region === caller.region &&
      (testId === undefined || test.id === testId) &&
      (bgpPeers === undefined || bgpPeers.length === 0 || bgpPeers.some((id) => test.bgpPeers.includes(id))) &&
      (status === undefined || plain(status) === plain(failoverTestStatus.at(test, vifs(test), now))),
  )
}

/** Scripts that were written elsewhere may spell it `IN_PROGRESS`. */
function plain(status: string): string {
  return status.toLowerCase().replaceAll(/[ _-]/g, '')
}

/** The virtual interfaces of some tests. */
async function testedBy(snapshot: Snapshot, tests: readonly FailoverTest[]) {
  const ids = [...new Set(tests.map((test) => test.virtualInterfaceId))]
  const vifs = new Map((await snapshot.getAll('virtual-interface', ids)).map((vif) => [vif.id, vif]))
  return (test: FailoverTest) => vifs.get(test.virtualInterfaceId) ?? { deleteAskedAt: null }
}

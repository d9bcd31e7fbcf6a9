import { faults, refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import { viewOf, viewWithoutCarried } from '../view.ts'
import { carriedBy } from './carried.ts'
import type { Lag } from './lag.ts'
import { asStandalone } from './membership.ts'
import { ownLag } from './rules.ts'
import { showLag } from './show.ts'

/**
 * Only a LAG that carries nothing can go. Its members stay, each on its own.
 * @source behaviour catalogue A.1, A.4
 */
export const DeleteLag: Operation<'DeleteLag'> = async (snapshot, input) => {
  const { now, settings } = snapshot
  const lag = await ownLag(snapshot, input.lagId)
  if (reached(lag.deletedAt, now)) throw faults.lagNotFound(lag.id)
  const { virtualInterfaces, hosted } = await carriedBy(snapshot, lag)
  const [carried] = [...virtualInterfaces, ...hosted]
  if (carried !== undefined) throw refuse(`Lag ${lag.id} cannot be deleted: ${carried.id} is associated with it`)

  const asked = lag.deleteAskedAt === null
  const leaving: Lag = asked ? { ...lag, deleteAskedAt: now, deletedAt: now + settings.timing.delete } : lag
  const { topology, observed } = await viewWithoutCarried(snapshot, { lags: [lag] })
  const members = topology.members.get(lag.id) ?? []
  return {
    changes: [
      ...(asked ? [save('lag', leaving)] : []),
      ...members.map((member) => save('connection', asStandalone(member, lag, observed))),
    ],
    show: async (after) => showLag(leaving, await viewOf(after, { lags: [leaving] })),
  }
}

import { checkEncryptionMode } from '../macsec/encryption-mode.ts'
import { checkedName } from '../names.ts'
import { type Operation, save } from '../operation.ts'
import { viewOf } from '../view.ts'
import type { Lag } from './lag.ts'
import { checkMinimumLinks, liveLag, rememberUp } from './rules.ts'
import { showLag } from './show.ts'

/** What is absent stays as it is; the encryption mode is that of every member. @source behaviour catalogue A.1 */
export const UpdateLag: Operation<'UpdateLag'> = async (snapshot, input) => {
  const lag = await liveLag(snapshot, input.lagId)
  const { topology, observed } = await viewOf(snapshot, { lags: [lag] })
  const members = topology.members.get(lag.id) ?? []
  const { lagName, minimumLinks, encryptionMode } = input

  const changed: Lag = {
    ...rememberUp(lag, observed, snapshot.now),
    ...(lagName === undefined ? {} : { name: checkedName(lagName, 'lagName') }),
    ...(minimumLinks === undefined ? {} : { minimumLinks: checkMinimumLinks(minimumLinks, members) }),
    ...(encryptionMode === undefined
      ? {}
      : { encryptionMode: checkEncryptionMode(`Lag ${lag.id}`, lag, encryptionMode, snapshot.now) }),
  }
  const outdated = members.filter((member) => member.encryptionMode !== changed.encryptionMode)
  return {
    changes: [
      save('lag', changed),
      ...outdated.map((member) => save('connection', { ...member, encryptionMode: changed.encryptionMode })),
    ],
    show: async (after) => showLag(changed, await viewOf(after, { lags: [changed] })),
  }
}

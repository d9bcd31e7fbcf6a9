import { ownConnection } from '../connections/rules.ts'
import { stateOf } from '../connections/show.ts'
import { refuse } from '../fault.ts'
import { type Operation, save } from '../operation.ts'
import { viewOf } from '../view.ts'

/**
 * The customer accepts a hosted connection, once.
 * @source behaviour catalogue B.2; the refusal: aws-sdk-go's issue 2717
 */
export const ConfirmConnection: Operation<'ConfirmConnection'> = async (snapshot, input) => {
  const { now, settings } = snapshot
  const connection = await ownConnection(snapshot, input.connectionId)
  const state = stateOf(connection, await viewOf(snapshot, { connections: [connection] }))
  if (state !== 'ordering') throw refuse(`ConfirmConnection failed. ${connection.id} is in state ${state}`)

  const accepted = { ...connection, acceptedAt: now, provisionedAt: now + settings.timing.provision }
  return {
    changes: [save('connection', accepted)],
    show: async (after) => ({
      connectionState: stateOf(accepted, await viewOf(after, { connections: [accepted] })),
    }),
  }
}

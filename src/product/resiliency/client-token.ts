import { refuse } from '../fault.ts'
import { kind, type Stored } from '../kind.ts'
import { reached } from '../lifecycle.ts'
import { type Change, save } from '../operation.ts'
import { day } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'

/** That an account asked for something under a token: what, and which group it was about. */
export interface ClientToken extends Stored {
  readonly input: string
  readonly groupId: string
}

export const clientTokenKind = kind<ClientToken>()({
  sets: () => ({}),
  claims: () => [],
  hiddenFrom: () => null,
})

/** A token is good for a day, as elsewhere in AWS; the model does not say. */
const goodFor = day

interface TokenInput {
  readonly clientToken?: string | undefined
}

/** A request that may come again: whether it did, and how to remember it. */
export interface Once {
  /** The group of the request that was made under this token; undefined: it is the first. */
  readonly groupId: string | undefined
  readonly remember: (groupId: string) => readonly Change[]
}

/**
 * The same token with the same input is the same request: nothing is done twice. With another input it is refused.
 * @source the API reference: clientToken ensures the idempotency of the request
 */
export async function once(snapshot: Snapshot, operation: string, input: TokenInput): Promise<Once> {
  const { clientToken, ...rest } = input
  if (clientToken === undefined) return { groupId: undefined, remember: () => [] }
  const id = `${snapshot.caller.accountId} ${operation} ${clientToken}`
  const asked = JSON.stringify(rest)
  const known = await snapshot.get('client-token', id)
  const remember = (groupId: string) => [save('client-token', { id, createdAt: snapshot.now, input: asked, groupId })]
  if (known === undefined || reached(known.createdAt + goodFor, snapshot.now)) return { groupId: undefined, remember }
  if (known.input !== asked) throw refuse('Invalid value for clientToken: it was used with other parameters before')
  return { groupId: known.groupId, remember }
}

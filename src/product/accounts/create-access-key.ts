import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { accountNamed, newAccessKey } from './rules.ts'
import { type NewKey, showNewKey } from './show-to-operator.ts'

/** One more key for an account. Its secret is in this answer and in no other. */
export async function createAccessKey(
  snapshot: Snapshot,
  input: { readonly accountId: string },
): Promise<Decision<NewKey>> {
  const account = await accountNamed(snapshot, input.accountId)
  const key = newAccessKey(snapshot, account.id)
  return { changes: [create('access-key', key)], show: () => showNewKey(key) }
}

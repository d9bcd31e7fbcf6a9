import { missing } from '../fault.ts'
import { type Decision, erase } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { accountNamed } from './rules.ts'

/** From now on nobody signs with it. */
export async function deleteAccessKey(
  snapshot: Snapshot,
  input: { readonly accountId: string; readonly keyId: string },
): Promise<Decision<Record<string, never>>> {
  const account = await accountNamed(snapshot, input.accountId)
  const key = await snapshot.get('access-key', input.keyId)
  if (key?.accountId !== account.id) throw missing(`access key of account ${account.id}`, input.keyId)
  return { changes: [erase('access-key', key.id)], show: () => ({}) }
}

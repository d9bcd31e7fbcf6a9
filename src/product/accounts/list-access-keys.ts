import { answer, type Decision } from '../operation.ts'
import { listPage } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { accountNamed } from './rules.ts'
import { type KeyFacts, showKey } from './show-to-operator.ts'

/** The keys of an account that an operator handed out, without their secrets. */
export async function listAccessKeys(
  snapshot: Snapshot,
  input: {
    readonly accountId: string
    readonly limit?: number | undefined
    readonly nextToken?: string | undefined
  },
): Promise<Decision<{ readonly accessKeys: readonly KeyFacts[]; readonly nextToken?: string | undefined }>> {
  const account = await accountNamed(snapshot, input.accountId)
  const bounds = { maxResults: input.limit, nextToken: input.nextToken }
  const page = await listPage(snapshot, 'access-key', 'account', account.id, bounds)
  return answer({ accessKeys: page.records.map(showKey), nextToken: page.nextToken })
}

import { answer, type Decision } from '../operation.ts'
import { listPage } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { accountNamed } from './rules.ts'
import { type AccountFacts, showAccountToOperator } from './show-to-operator.ts'

/** Every account that is more than credentials, oldest first. */
export async function listAccounts(
  snapshot: Snapshot,
  { limit, nextToken }: { readonly limit?: number | undefined; readonly nextToken?: string | undefined },
): Promise<Decision<{ readonly accounts: readonly AccountFacts[]; readonly nextToken?: string | undefined }>> {
  const page = await listPage(snapshot, 'account', 'all', '*', { maxResults: limit, nextToken })
  return answer({ accounts: page.records.map(showAccountToOperator), nextToken: page.nextToken })
}

export async function readAccount(
  snapshot: Snapshot,
  input: { readonly accountId: string },
): Promise<Decision<AccountFacts>> {
  return answer(showAccountToOperator(await accountNamed(snapshot, input.accountId)))
}

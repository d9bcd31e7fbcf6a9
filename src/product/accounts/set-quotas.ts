import { create, type Decision, save } from '../operation.ts'
import { awsQuotas, type QuotaName, type Quotas } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Account } from './account.ts'
import { accountNamed } from './rules.ts'
import { type AccountFacts, showAccountToOperator } from './show-to-operator.ts'

/** null: as AWS has it. A quota that is not named stays as it is. */
export type QuotaOrder = { readonly accountId: string } & { readonly [Q in QuotaName]?: number | null | undefined }

/** Raises or lowers quotas of one account, as a support case would. What exists already stays. */
export async function setQuotas(snapshot: Snapshot, input: QuotaOrder): Promise<Decision<AccountFacts>> {
  const present = await accountNamed(snapshot, input.accountId)
  const raised = quotaNames.map(
    (name) => [name, input[name] === undefined ? present.quotas[name] : input[name]] as const,
  )
  const quotas: Partial<Quotas> = Object.fromEntries(raised.filter(([, value]) => typeof value === 'number'))
  const account: Account = { ...present, quotas }
  const stored = await snapshot.get('account', account.id)
  return {
    changes: [stored === undefined ? create('account', account) : save('account', account)],
    show: () => showAccountToOperator(account),
  }
}

const quotaNames = Object.keys(awsQuotas) as QuotaName[]

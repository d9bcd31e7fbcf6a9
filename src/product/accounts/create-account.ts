import type { EnumValue } from '../../contract/types.ts'
import { conflict, refuse } from '../fault.ts'
import { create, type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Account, customerAccount } from './account.ts'
import { newAccessKey, newAccountId } from './rules.ts'
import { type AccountFacts, type NewKey, showAccountToOperator, showNewKey } from './show-to-operator.ts'

export interface AccountOrder {
  /** Twelve digits; made up where it is absent. */
  readonly accountId?: string | undefined
  readonly name: string
  readonly kind: 'customer' | 'partner'
  /** A partner's; `v2` where it is absent. */
  readonly nniPartnerType?: EnumValue<'NniPartnerType'> | undefined
}

export interface NewAccount extends AccountFacts {
  /** The only time that its secret is shown. */
  readonly accessKey: NewKey
}

/** Makes an account with its first key, or says who an account is that so far only had credentials. */
export async function createAccount(snapshot: Snapshot, input: AccountOrder): Promise<Decision<NewAccount>> {
  const { now } = snapshot
  const id = input.accountId ?? newAccountId(snapshot)
  const present = await snapshot.get('account', id)
  if (present !== undefined && present.describedAt !== null) throw conflict(`Account ${id} exists already`)
  const account: Account = {
    ...(present ?? customerAccount(id, now)),
    name: input.name,
    accountKind: input.kind,
    nniPartnerType: partnerType(input),
    describedAt: now,
  }
  const key = newAccessKey(snapshot, id)
  return {
    changes: [present === undefined ? create('account', account) : save('account', account), create('access-key', key)],
    show: () => ({ ...showAccountToOperator(account), accessKey: showNewKey(key) }),
  }
}

/** Every partner is of one of two kinds, every customer of none. @source behaviour catalogue G.6 */
function partnerType({ kind, nniPartnerType: given }: AccountOrder): EnumValue<'NniPartnerType'> {
  const fitting = kind === 'partner' ? given !== 'nonPartner' : given === undefined || given === 'nonPartner'
  if (!fitting) throw refuse(`Invalid value '${given}' for nniPartnerType: it does not fit the kind ${kind}`)
  return given ?? (kind === 'partner' ? 'v2' : 'nonPartner')
}

import type { EnumValue } from '../../contract/types.ts'
import type { Quotas } from '../settings.ts'
import { showInstant, showTime } from '../time.ts'
import type { AccessKeyRecord } from './access-key.ts'
import type { Account } from './account.ts'

export interface AccountFacts {
  readonly accountId: string
  readonly name: string
  readonly kind: 'customer' | 'partner'
  readonly nniPartnerType: EnumValue<'NniPartnerType'>
  /** Those that differ from AWS's. */
  readonly quotas: Partial<Quotas>
  readonly agreements: readonly { readonly name: string; readonly signedAt: string | null }[]
  readonly createdAt: string
}

export function showAccountToOperator(account: Account): AccountFacts {
  return {
    accountId: account.id,
    name: account.name,
    kind: account.accountKind,
    nniPartnerType: account.nniPartnerType,
    quotas: account.quotas,
    agreements: Object.entries(account.agreements).map(([name, at]) => ({ name, signedAt: showInstant(at) })),
    createdAt: showTime(account.createdAt),
  }
}

/** A key by its id: the secret is never shown again. */
export interface KeyFacts {
  readonly accessKeyId: string
  readonly createdAt: string
}

/** A key that was just made. */
export interface NewKey extends KeyFacts {
  readonly secretAccessKey: string
}

export function showKey(key: AccessKeyRecord): KeyFacts {
  return { accessKeyId: key.id, createdAt: showTime(key.createdAt) }
}

export function showNewKey(key: AccessKeyRecord): NewKey {
  return { ...showKey(key), secretAccessKey: key.secretAccessKey }
}

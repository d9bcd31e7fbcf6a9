import type { EnumValue } from '../../contract/types.ts'
import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import { awsQuotas, type QuotaName, type Quotas } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'

/** Who owns resources. A partner may own interconnects and host connections on them. */
export interface Account extends Stored {
  /** Twelve digits. */
  readonly id: string
  readonly name: string
  readonly accountKind: 'customer' | 'partner'
  readonly nniPartnerType: EnumValue<'NniPartnerType'>
  /** When an operator made it, or said who it is; null: it exists because somebody has its credentials. */
  readonly describedAt: Instant
  /** Quotas raised (or lowered) for this account alone. */
  readonly quotas: Partial<Quotas>
  /** When each agreement was signed, by its name. */
  readonly agreements: Readonly<Record<string, Instant>>
}

export const accountKind = kind<Account>()({
  sets: () => ({ all: '*' }),
  claims: () => [],
  hiddenFrom: () => null,
})

/** An account that nobody has described: a customer with AWS's quotas. */
export function customerAccount(id: string, now: number): Account {
  return {
    id,
    createdAt: now,
    name: `Account ${id}`,
    accountKind: 'customer',
    nniPartnerType: 'nonPartner',
    describedAt: null,
    quotas: {},
    agreements: {},
  }
}

/** The account of that id. One that signs requests exists, whether or not an operator has described it. */
export async function accountOf(snapshot: Snapshot, id: string): Promise<Account> {
  return (await snapshot.get('account', id)) ?? customerAccount(id, snapshot.now)
}

/** What an account may have at most; Infinity where this installation counts nothing. */
export function quotaOf(snapshot: Snapshot, account: Account, name: QuotaName): number {
  return account.quotas[name] ?? (snapshot.settings.quotas === 'none' ? Number.POSITIVE_INFINITY : awsQuotas[name])
}

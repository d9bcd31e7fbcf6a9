import type { Shape } from '../../contract/types.ts'
import { reached } from '../lifecycle.ts'
import type { Account } from './account.ts'

/** The agreements that there are to sign. AWS publishes no names, so the name is ours. @source behaviour catalogue G.6 */
export const agreementNames = ['Crossconnect Direct Connect Agreement'] as const

export function showAgreement(name: string, account: Account, now: number): Shape<'CustomerAgreement'> {
  return { agreementName: name, status: reached(account.agreements[name] ?? null, now) ? 'signed' : 'unsigned' }
}

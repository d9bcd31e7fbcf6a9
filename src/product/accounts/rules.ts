import { missing } from '../fault.ts'
import type { Snapshot } from '../snapshot.ts'
import type { AccessKeyRecord } from './access-key.ts'
import { type Account, accountOf } from './account.ts'

const accountIdForm = /^\d{12}$/

/** An account that an operator names; where anybody's twelve digits are an account, that one exists too. */
export async function accountNamed(snapshot: Snapshot, id: string): Promise<Account> {
  const present = await snapshot.get('account', id)
  if (present !== undefined) return present
  if (!snapshot.settings.anyAccount || !accountIdForm.test(id)) throw missing('account', id)
  return accountOf(snapshot, id)
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A new access key in AWS's form: an id that begins with AKIA, and a secret of 40 characters, 240 bits. */
export function newAccessKey(snapshot: Snapshot, accountId: string): AccessKeyRecord {
  return {
    id: `AKIA${letters(snapshot.random(16), base32)}`,
    createdAt: snapshot.now,
    accountId,
    secretAccessKey: letters(snapshot.random(40), base64),
  }
}

/** Twelve random digits that do not begin with a zero, so that no sheet of numbers shortens them. */
export function newAccountId(snapshot: Snapshot): string {
  const number = [...snapshot.random(6)].reduce((sum, byte) => sum * 256 + byte, 0)
  return String(100_000_000_000 + (number % 900_000_000_000))
}

/** Each letter is as likely as any other, since the number of letters divides 256. */
function letters(bytes: Uint8Array, alphabet: string): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('')
}

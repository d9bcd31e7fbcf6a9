import { quote } from '../../contract/quote.ts'
import { partitionOf } from '../arn.ts'
import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import type { MacSecKey } from './macsec-key.ts'

/** What a request names a key by; clients send what they leave out as empty text. */
export interface KeyInput {
  readonly secretARN?: string | undefined
  readonly ckn?: string | undefined
  readonly cak?: string | undefined
}

export type ChosenKey =
  | { readonly secretArn: string; readonly ckn: string; readonly cak: null }
  | { readonly secretArn: null; readonly ckn: string; readonly cak: string }

/**
 * Either a secret, or a key with its name. A refusal never quotes a key.
 * @source behaviour catalogue A.1 AssociateMacSecKey, C.4
 */
export function chosenKey(snapshot: Snapshot, { secretARN = '', ckn = '', cak = '' }: KeyInput): ChosenKey {
  if (secretARN !== '') {
    if (ckn !== '' || cak !== '') throw refuse('Only one of secretARN and the pair of ckn and cak can be given')
    return { secretArn: secretARN, ckn: cknOf(snapshot, secretARN), cak: null }
  }
  if (ckn === '' && cak === '') throw refuse('Field secretARN, or both ckn and cak, is required')
  if (cak === '') throw refuse('Field cak is required with ckn')
  if (ckn === '') throw refuse('Field ckn is required with cak')
  if (!hexadecimal.test(ckn)) throw refuse(`Invalid value ${quote(ckn)} for ckn: it must be 64 hexadecimal characters`)
  if (!hexadecimal.test(cak)) throw refuse('Invalid value for cak: it must be 64 hexadecimal characters')
  return { secretArn: null, ckn, cak }
}

const hexadecimal = /^[0-9a-fA-F]{64}$/

/**
 * The name of the key in a secret, which the secret's own name ends with: Direct Connect takes only secrets that it made
 * itself, of the account and the Region of the call.
 * @source Terraform's provider, pull request 26274; behaviour catalogue C.1
 */
function cknOf({ caller }: Snapshot, secretArn: string): string {
  const start = secretArnStart(caller.region, caller.accountId)
  const rest = secretArn.startsWith(start) ? secretArn.slice(start.length) : ''
  const [, ckn] = /^([0-9a-fA-F]{64})-[0-9A-Za-z]{6}$/.exec(rest) ?? []
  if (ckn === undefined)
    throw refuse(
      `Invalid value ${quote(secretArn)} for secretARN: it must be a secret made by Direct Connect, ${start}<ckn>-<6 characters>`,
    )
  return ckn
}

/** An ARN for a new secret. It has no underscore, at which Terraform would split it. @source behaviour catalogue C.1 */
export function newSecretArn(snapshot: Snapshot, ckn: string): string {
  const { caller } = snapshot
  const suffix = Array.from(snapshot.random(6), (byte) => letters.charAt(byte % letters.length)).join('')
  return `${secretArnStart(caller.region, caller.accountId)}${ckn}-${suffix}`
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function secretArnStart(region: string, accountId: string): string {
  const name = `directconnect!prod/${region}/directconnect/`
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${name}`
}

/** Direct Connect's key chains hold three keys. @source AWS's user guide, MACsec key rotation */
const mostKeys = 3

/** Ended keys that are remembered, so that it stays known since when a link is encrypted. */
const endedKept = 20

/** The keys with one more, the last. @param subject how a refusal names what has them */
export function withKey(subject: string, keys: readonly MacSecKey[], added: MacSecKey): readonly MacSecKey[] {
  const live = keys.filter(isLive)
  const same = live.find((key) => key.ckn.toLowerCase() === added.ckn.toLowerCase())
  if (same !== undefined)
    throw refuse(`A MACsec key with ckn ${quote(added.ckn)} is already associated with ${subject}`)
  if (live.length >= mostKeys) throw refuse(`${subject} has ${mostKeys} MACsec keys, the most that it can have`)
  const forgotten = new Set(keys.filter((key) => !isLive(key)).slice(0, -endedKept))
  return [...keys.filter((key) => !forgotten.has(key)), added]
}

/** Nobody has asked to take it away. */
export function isLive(key: MacSecKey): boolean {
  return key.disassociateAskedAt === null
}

/** The keys without these, which are on their way out from now on. */
export function withoutKeys(
  { now, settings }: Snapshot,
  keys: readonly MacSecKey[],
  leaving: (key: MacSecKey) => boolean,
): readonly MacSecKey[] {
  const ends = { disassociateAskedAt: now, disassociatedAt: now + settings.timing.delete }
  return keys.map((key) => (isLive(key) && leaving(key) ? { ...key, ...ends } : key))
}

/** Whether something can be encrypted with one of them at `now`. */
export function isUsable(key: MacSecKey, now: number): boolean {
  return isLive(key) && reached(key.associatedAt, now)
}

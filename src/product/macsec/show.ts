import { reached } from '../lifecycle.ts'
import { showTime } from '../time.ts'
import { type MacSecKey, type MacSecKeyState, macSecKeyState } from './macsec-key.ts'

/** A key as answers name it. */
export interface ShownKey {
  readonly secretARN: string
  readonly ckn: string
  readonly state: MacSecKeyState
  readonly startOn: string
}

export function showKey(key: MacSecKey, now: number): ShownKey {
  return {
    secretARN: key.secretArn,
    ckn: key.ckn,
    state: macSecKeyState.at(key, undefined, now),
    // A date in words, unlike every other time of this API (behaviour catalogue A.3).
    startOn: showTime(key.askedAt),
  }
}

/** The keys of a port or LAG, the newest last. Clients take a key that is listed for one that is there. */
export function showKeys(keys: readonly MacSecKey[], now: number): readonly ShownKey[] {
  return keys.filter((key) => !reached(key.disassociatedAt, now)).map((key) => showKey(key, now))
}

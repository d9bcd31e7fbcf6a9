import { refuse } from '../fault.ts'
import type { Snapshot } from '../snapshot.ts'

const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.'

/**
 * The MD5 key of a session: the customer's, or one in the form of those that AWS makes, `0xzxgA9YoW9h58u8SvOmXRTw`.
 * Routers take it as one word, so it is printable ASCII without spaces. A refusal never quotes it.
 * @source behaviour catalogue C.3
 */
export function chosenAuthKey(given: string | undefined, snapshot: Pick<Snapshot, 'random'>): string {
  if (given === undefined || given === '') {
    const drawn = Array.from(snapshot.random(22), (byte) => characters.charAt(byte % characters.length))
    return `0x${drawn.join('')}`
  }
  if (given.length < 6 || given.length > 80)
    throw refuse(`Invalid value for authKey: its length ${given.length} is not within 6 to 80`)
  if (!/^[!-~]+$/.test(given)) throw refuse('Invalid value for authKey: it must be printable ASCII without spaces')
  return given
}

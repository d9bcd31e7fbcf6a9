import { quote } from '../../contract/quote.ts'
import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Operation } from '../operation.ts'
import { withoutLastKey } from './encryption-mode.ts'
import { keyHolder } from './key-holder.ts'
import { isLive, withoutKeys } from './rules.ts'
import { showKey } from './show.ts'

/**
 * Takes a key away and answers it. What must be encrypted no longer must be once its last key goes. Asking again while it
 * is on its way out changes nothing.
 * @source behaviour catalogue A.1, B.6
 */
export const DisassociateMacSecKey: Operation<'DisassociateMacSecKey'> = async (snapshot, input) => {
  const { now } = snapshot
  const { id, subject, present, changed } = await keyHolder(snapshot, input.connectionId)
  const key = present.macSecKeys.findLast(
    ({ secretArn, disassociatedAt }) => secretArn === input.secretARN && !reached(disassociatedAt, now),
  )
  if (key === undefined)
    throw refuse(`The MACsec key with secretARN ${quote(input.secretARN)} is not associated with ${subject}`)
  const show = (keys: typeof present.macSecKeys) => ({
    connectionId: id,
    macSecKeys: keys
      .filter((each) => each.secretArn === key.secretArn && each.askedAt === key.askedAt)
      .map((each) => showKey(each, now)),
  })
  if (!isLive(key)) return { changes: [], show: () => show(present.macSecKeys) }

  const macSecKeys = withoutKeys(snapshot, present.macSecKeys, (each) => each === key)
  return {
    changes: changed({ encryptionMode: withoutLastKey(present.encryptionMode, macSecKeys), macSecKeys }),
    show: () => show(macSecKeys),
  }
}

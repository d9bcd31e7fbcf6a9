import { create, type Operation } from '../operation.ts'
import { keyHolder } from './key-holder.ts'
import type { MacSecSecret } from './macsec-secret.ts'
import { chosenKey, newSecretArn, withKey } from './rules.ts'
import { showKeys } from './show.ts'

/**
 * A key for a port or a LAG, by its secret or as a pair of which a secret is made. The new one is the last in the answer:
 * clients take the last.
 * @source behaviour catalogue A.1, B.6
 */
export const AssociateMacSecKey: Operation<'AssociateMacSecKey'> = async (snapshot, input) => {
  const { now, caller, settings } = snapshot
  const holder = await keyHolder(snapshot, input.connectionId)
  const chosen = chosenKey(snapshot, input)
  const secretArn = chosen.secretArn ?? newSecretArn(snapshot, chosen.ckn)
  const macSecKeys = withKey(holder.subject, holder.present.macSecKeys, {
    secretArn,
    ckn: chosen.ckn,
    askedAt: now,
    associatedAt: now + settings.timing.associate,
    disassociateAskedAt: null,
    disassociatedAt: null,
  })
  const secrets: readonly MacSecSecret[] =
    chosen.cak === null
      ? []
      : [{ id: secretArn, createdAt: now, ownerAccount: caller.accountId, ckn: chosen.ckn, cak: chosen.cak }]
  return {
    changes: [
      ...secrets.map((secret) => create('macsec-secret', secret)),
      ...holder.changed({ encryptionMode: holder.present.encryptionMode, macSecKeys }),
    ],
    show: () => ({ connectionId: holder.id, macSecKeys: showKeys(macSecKeys, now) }),
  }
}

import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { issuerOf } from './issuer/issuer.ts'
import { letterNumbered } from './list-letters.ts'

/** The letter once more, byte for byte as its customer got it; this issues nothing. */
export async function printLetter(
  snapshot: Snapshot,
  input: { readonly letterNumber: string },
): Promise<Decision<{ readonly contentType: string; readonly loaContent: string }>> {
  const letter = await letterNumbered(snapshot, input.letterNumber)
  const issuer = await issuerOf(snapshot, letter.issuerId)
  return {
    changes: [],
    show: () => ({ contentType: 'application/pdf', loaContent: '' }),
    finish: async (shown, documents) => ({
      ...shown,
      loaContent: Buffer.from(await documents.letter(letter, issuer)).toString('base64'),
    }),
  }
}

import { kind, type Stored } from '../../kind.ts'
import type { Snapshot } from '../../snapshot.ts'

/**
 * Who issues the letters. What is said anew becomes a new record, and each letter names the one of its day, so that a
 * letter goes on saying who issued it then, without a logo in every letter. Its id is the number of the version.
 */
export interface Issuer extends Omit<Stored, 'id'> {
  /** null: the issuer of an installation that nobody has given one. */
  readonly id: string | null
  readonly name: string
  /** Line by line. */
  readonly address: readonly string[]
  /** How to reach whoever answers for the letters: a telephone number, a mailbox. */
  readonly contact: readonly string[]
  /** A PNG or JPEG in base64, printed beside the name. */
  readonly logo: string | null
}

export type SavedIssuer = Issuer & { readonly id: string }

export const issuerKind = kind<SavedIssuer>()({
  sets: () => ({ all: '*' }),
  claims: () => [],
  hiddenFrom: () => null,
})

const unnamed: Issuer = { id: null, createdAt: 0, name: 'Crossconnect', address: [], contact: [], logo: null }

/** The issuer of letters that are issued now. */
export async function latestIssuer(snapshot: Snapshot): Promise<Issuer> {
  const [latest] = await snapshot.list('issuer', 'all', '*', { limit: 1, newestFirst: true })
  return latest ?? unnamed
}

/** The issuer of a letter, as it was then. */
export async function issuerOf(snapshot: Snapshot, issuerId: string | null): Promise<Issuer> {
  const issuer = issuerId === null ? unnamed : await snapshot.get('issuer', issuerId)
  if (issuer === undefined) throw new Error(`a letter names the issuer ${issuerId}, which there is not`)
  return issuer
}

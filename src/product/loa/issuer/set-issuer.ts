import { create, type Decision } from '../../operation.ts'
import type { Snapshot } from '../../snapshot.ts'
import { latestIssuer, type SavedIssuer } from './issuer.ts'
import { checkLogo } from './logo.ts'
import { type IssuerFacts, showIssuer } from './show.ts'

export interface IssuerOrder {
  readonly name: string
  readonly address?: readonly string[] | undefined
  readonly contact?: readonly string[] | undefined
  readonly logo?: string | null | undefined
}

/** Says who issues letters from now on; letters that are out go on saying who issued them. */
export async function setIssuer(snapshot: Snapshot, input: IssuerOrder): Promise<Decision<IssuerFacts>> {
  const { name, address = [], contact = [], logo = null } = input
  if (logo !== null) checkLogo(logo)
  const { id } = await latestIssuer(snapshot)
  // Padded, since of two in one millisecond the later has the greater id.
  const version = String(Number(id ?? 0) + 1).padStart(9, '0')
  const issuer: SavedIssuer = { id: version, createdAt: snapshot.now, name, address, contact, logo }
  return { changes: [create('issuer', issuer)], show: () => showIssuer(issuer) }
}

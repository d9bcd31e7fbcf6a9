import { answer, create, type Decision } from '../../operation.ts'
import type { Snapshot } from '../../snapshot.ts'
import { showTime } from '../../time.ts'
import { type Issuer, latestIssuer, type SavedIssuer } from './issuer.ts'
import { checkLogo } from './logo.ts'

export interface IssuerFacts {
  readonly name: string
  readonly address: readonly string[]
  readonly contact: readonly string[]
  readonly logo: string | null
  /** null: nobody has said it yet. */
  readonly since: string | null
}

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

export async function readIssuer(snapshot: Snapshot): Promise<Decision<IssuerFacts>> {
  return answer(showIssuer(await latestIssuer(snapshot)))
}

function showIssuer({ id, name, address, contact, logo, createdAt }: Issuer): IssuerFacts {
  return { name, address, contact, logo, since: id === null ? null : showTime(createdAt) }
}

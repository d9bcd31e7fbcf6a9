import { showTime } from '../../time.ts'
import type { Issuer } from './issuer.ts'

export interface IssuerFacts {
  readonly name: string
  readonly address: readonly string[]
  readonly contact: readonly string[]
  readonly logo: string | null
  /** null: nobody has said it yet. */
  readonly since: string | null
}

export function showIssuer({ id, name, address, contact, logo, createdAt }: Issuer): IssuerFacts {
  return { name, address, contact, logo, since: id === null ? null : showTime(createdAt) }
}

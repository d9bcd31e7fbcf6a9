import { answer, type Decision } from '../../operation.ts'
import type { Snapshot } from '../../snapshot.ts'
import { latestIssuer } from './issuer.ts'
import { type IssuerFacts, showIssuer } from './show.ts'

export async function readIssuer(snapshot: Snapshot): Promise<Decision<IssuerFacts>> {
  return answer(showIssuer(await latestIssuer(snapshot)))
}

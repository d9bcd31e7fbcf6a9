import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Location } from './location.ts'
import { checkNameIsFree } from './naming.ts'
import { type LocationFacts, showLocationToOperator } from './show-to-operator.ts'

export interface LocationOrder {
  readonly code: string
  readonly name: string
  readonly region: string
  readonly country?: string | undefined
  readonly providers?: readonly string[] | undefined
  readonly address?: readonly string[] | undefined
  readonly meetMeRoom?: string | undefined
}

/** In ISO 3166: not said. */
const nowhere = 'ZZ'

/** A new site; until it has a device, nothing can be ordered there. */
export async function createLocation(snapshot: Snapshot, input: LocationOrder): Promise<Decision<LocationFacts>> {
  await checkNameIsFree(snapshot, input.code, 'code')
  const location: Location = {
    id: input.code.toLowerCase(),
    createdAt: snapshot.now,
    code: input.code,
    name: input.name,
    region: input.region,
    country: input.country ?? nowhere,
    providers: input.providers ?? [input.name],
    ...(input.address === undefined ? {} : { address: input.address }),
    ...(input.meetMeRoom === undefined ? {} : { meetMeRoom: input.meetMeRoom }),
  }
  return { changes: [create('location', location)], show: () => showLocationToOperator(location) }
}

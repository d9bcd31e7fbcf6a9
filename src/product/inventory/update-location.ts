import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Location } from './location.ts'
import { locationNamed } from './naming.ts'
import { type LocationFacts, showLocationToOperator } from './show-to-operator.ts'

export interface LocationChange {
  readonly code: string
  readonly address?: readonly string[] | null | undefined
  readonly meetMeRoom?: string | null | undefined
}

/** Says where a site is. What is not named stays; null takes back what was said. Letters that are out stay as they are. */
export async function updateLocation(snapshot: Snapshot, input: LocationChange): Promise<Decision<LocationFacts>> {
  const { address, meetMeRoom, ...rest } = await locationNamed(snapshot, input.code)
  const said = {
    address: input.address === undefined ? address : input.address,
    meetMeRoom: input.meetMeRoom === undefined ? meetMeRoom : input.meetMeRoom,
  }
  const location: Location = {
    ...rest,
    ...(said.address == null ? {} : { address: said.address }),
    ...(said.meetMeRoom == null ? {} : { meetMeRoom: said.meetMeRoom }),
  }
  return { changes: [save('location', location)], show: () => showLocationToOperator(location) }
}

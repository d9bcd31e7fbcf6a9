import { kind, type Stored } from '../kind.ts'

/** A colocation site. Its id is its code in lower case: codes are matched without case. */
export interface Location extends Stored {
  /** As it is spelt in answers. */
  readonly code: string
  readonly name: string
  readonly region: string
  /** ISO 3166, two letters. */
  readonly country: string
  readonly providers: readonly string[]
  /** The postal address, line by line; absent: nobody has said it. */
  readonly address?: readonly string[]
  /** Where carriers and customers meet; absent: nobody has said it. */
  readonly meetMeRoom?: string
}

export const locationKind = kind<Location>()({
  sets: (location) => ({ region: location.region, all: '*' }),
  claims: () => [],
  hiddenFrom: () => null,
})

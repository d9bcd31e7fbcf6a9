import { kind } from './kind.ts'

/** What is known once for the whole installation. There is one record of it. */
export interface Installation {
  readonly id: 'installation'
  readonly createdAt: number
  /** Product time minus real time, milliseconds; it only grows. */
  readonly clockOffset: number
}

export const installationKind = kind<Installation>()({
  sets: () => ({}),
  claims: () => [],
  hiddenFrom: () => null,
})

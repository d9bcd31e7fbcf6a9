import type { Line } from './line.ts'

/** How long things are measured, and what may be compared. */
export interface Bench {
  /** Of one measurement; before it there is as much again to warm up. */
  readonly seconds: number
  /** How many virtual interfaces are stored, one measurement each, ascending. */
  readonly sizes: readonly number[]
  /** Of a running moto; undefined: none. */
  readonly moto: string | undefined
}

export type Figure = (bench: Bench) => Promise<readonly Line[]>

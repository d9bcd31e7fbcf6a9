/** Something that is measured. */
export interface Figure {
  /** What it is, in a few words. */
  readonly summary: string
  /** Says how it goes with each sample. */
  readonly measure: (work: Work) => Promise<readonly Row[]>
}

export interface Work {
  readonly say: (line: string) => void
  readonly interrupted: AbortSignal
}

/** One line of the table. */
export interface Row {
  readonly what: string
  readonly unit: string
  /** What stands for all samples, and has to meet the target. */
  readonly value: number
  /** `null`: none, it is only told. */
  readonly target: Target | null
  /** Each of them, in the order in which they were taken. */
  readonly samples: readonly number[]
  /** What else there is to know, such as where the time went. */
  readonly note?: string
}

/** What `value` may be: less than `below`, or no more than `most`. */
export type Target = { readonly below: number } | { readonly most: number }

export type Verdict = 'met' | 'missed' | '-'

export function verdictOf({ value, target }: Row): Verdict {
  if (target === null) return '-'
  return ('below' in target ? value < target.below : value <= target.most) ? 'met' : 'missed'
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  if (low === undefined || high === undefined) throw new Error('no samples')
  return (low + high) / 2
}

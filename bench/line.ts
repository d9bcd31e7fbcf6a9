/** One row of the results: what was measured, beside what, and what it should be. */
export interface Line {
  readonly figure: string
  readonly measured: number
  readonly unit: '/s' | 'ms' | 'MB'
  readonly p99Ms?: number | undefined
  /** What the server's process used for one answer, in user and system mode. */
  readonly cpuMicros?: number | undefined
  /** Answers that were not 2xx; they are not counted in the rate. */
  readonly refused?: number | undefined
  /** Measured in the same breath, on the same machine. */
  readonly beside?: { readonly what: string; readonly measured: number } | undefined
  readonly targets: readonly Target[]
}

export type Target =
  | { readonly of: 'measured' | 'p99Ms' | 'ratio'; readonly atLeast: number }
  | { readonly of: 'measured' | 'p99Ms' | 'ratio'; readonly atMost: number }

/** The measured rate divided by that of what stands beside it. */
export function ratioOf({ measured, beside }: Line): number | undefined {
  return beside === undefined ? undefined : measured / beside.measured
}

/** Whether a line meets all of its targets; undefined: it has none. */
export function isMet(line: Line): boolean | undefined {
  if (line.targets.length === 0) return undefined
  return line.targets.every((target) => {
    const value = target.of === 'ratio' ? ratioOf(line) : line[target.of]
    if (value === undefined) return false
    return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost
  })
}

function spelt(target: Target): string {
  const bound = 'atLeast' in target ? `>= ${target.atLeast}` : `<= ${target.atMost}`
  return { measured: bound, p99Ms: `p99 ${bound} ms`, ratio: `${bound} x` }[target.of]
}

/** The lines as a table for people, in columns. */
export function table(lines: readonly Line[]): string {
  const number = (value: number | undefined, digits = 0) => (value === undefined ? '' : value.toFixed(digits))
  const head = ['figure', 'measured', 'p99 ms', 'CPU µs', 'beside', 'ratio', 'target', '']
  const rows = lines.map((line) => {
    const ratio = ratioOf(line)
    const refused = (line.refused ?? 0) > 0 ? ` (${line.refused} refused)` : ''
    return [
      line.figure,
      `${number(line.measured)} ${line.unit}${refused}`,
      number(line.p99Ms, 1),
      number(line.cpuMicros),
      line.beside === undefined ? '' : `${number(line.beside.measured)} ${line.beside.what}`,
      number(ratio, ratio !== undefined && ratio >= 10 ? 0 : 2),
      line.targets.map(spelt).join(', '),
      { true: 'met', false: 'MISSED', undefined: '' }[`${isMet(line)}`],
    ]
  })
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

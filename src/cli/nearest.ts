/** The known words that somebody may have meant, nearest first; at most three. */
function nearest(word: string, known: Iterable<string>): readonly string[] {
  const reach = Math.max(1, Math.floor(word.length / 3))
  return [...known]
    .map((each) => ({ each, distance: distance(word.toLowerCase(), each.toLowerCase()) }))
    .filter((found) => found.distance <= reach)
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ each }) => each)
}

/** ` (did you mean --region?)`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>, prefix = ''): string {
  const meant = nearest(word, known).map((each) => `${prefix}${each}`)
  return meant.length === 0 ? '' : ` (did you mean ${meant.join(' or ')}?)`
}

/** How many letters to add, drop, change, or swap with their neighbour. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= from.length; row++) {
    const [above = [], aboveThat = []] = [rows[row - 1], rows[row - 2]]
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const changed = from[row - 1] === to[column - 1] ? 0 : 1
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + changed,
          swapped ? (aboveThat[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    rows.push(current)
  }
  return rows.at(-1)?.at(-1) ?? 0
}

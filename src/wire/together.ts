/** So many answers are written at most before the first of them has left. */
const mostTogether = 32

/** When requests are worked on, and when answers leave. */
export interface Together {
  /** A request is here, with its body. */
  arrived(begin: () => void): void
  /** An answer is ready. */
  ready(leave: () => void): void
}

/**
 * The requests that a turn of the event loop brings are begun together once all of them are read, and their answers leave one
 * after the other. A processor that does the same for many in a row does it quicker than one that for each of them goes
 * through all that a request takes. And to write to who sleeps costs as much as all else, since the system has to wake him;
 * who was woken for the first is awake for the rest. Any other answer, such as one that waited for a commit, leaves at once:
 * at the end of its turn would be after all that the next one brings.
 */
export function createTogether(): Together {
  let arrivals: (() => void)[] = []
  let answers: (() => void)[] = []
  let begun = false
  const beginAll = () => {
    const all = arrivals
    arrivals = []
    begun = true
    for (const begin of all) begin()
  }
  const leaveAll = () => {
    const all = answers
    answers = []
    for (const leave of all) leave()
  }
  const end = () => {
    begun = false
    leaveAll()
  }
  return {
    arrived(begin) {
      // Between the two all that needs nothing but the processor is done, since promises are settled there.
      if (arrivals.length === 0) for (const step of [beginAll, end]) setImmediate(step)
      arrivals.push(begin)
    },
    ready(leave) {
      if (!begun) return leave()
      answers.push(leave)
      if (answers.length === mostTogether) leaveAll()
    },
  }
}

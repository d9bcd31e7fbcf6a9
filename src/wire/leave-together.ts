/** So many answers are written at most before the first of them has left. */
const mostTogether = 32

/** When answers leave. */
export interface Leaving {
  /** A request is here. */
  arrived(): void
  /** An answer is ready. */
  ready(leave: () => void): void
}

/**
 * Answers that are ready in a turn of the event loop that brought requests leave one after the other at its end. To write to
 * who sleeps costs as much as all else that an answer takes, since the system has to wake him; who was woken for the first is
 * awake for the rest. Any other answer, such as one that waited for a commit, leaves at once: at the end of its turn would
 * be after all that the next one brings.
 */
export function createLeaving(): Leaving {
  let waiting: (() => void)[] = []
  let brought = false
  const leaveAll = () => {
    const all = waiting
    waiting = []
    for (const leave of all) leave()
  }
  const end = () => {
    brought = false
    leaveAll()
  }
  return {
    arrived() {
      if (!brought) setImmediate(end)
      brought = true
    },
    ready(leave) {
      if (!brought) return leave()
      waiting.push(leave)
      if (waiting.length === mostTogether) leaveAll()
    },
  }
}

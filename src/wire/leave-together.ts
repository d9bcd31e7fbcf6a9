/** So many answers are written at most before the first of them has left. */
const mostTogether = 32

/**
 * Lets what is ready in one turn of the event loop leave one after the other at its end. To write to who sleeps costs as
 * much as all else that an answer takes, since the system has to wake him; who was woken for the first is awake for the rest.
 */
export function createLeaving(): (leave: () => void) => void {
  let waiting: (() => void)[] = []
  const leaveAll = () => {
    const all = waiting
    waiting = []
    for (const leave of all) leave()
  }
  return (leave) => {
    waiting.push(leave)
    if (waiting.length === 1) setImmediate(leaveAll)
    else if (waiting.length === mostTogether) leaveAll()
  }
}

import type { Output } from '../context.ts'
import { printable } from '../printable.ts'

/** How far something is: on a terminal one line that changes, elsewhere a line for each change. */
export interface Progress {
  readonly state: (state: string) => void
  /** Takes the line away; once is enough. */
  readonly end: () => void
}

const tickMs = 1_000
const clearLine = '\r\u001B[2K'

export function progress(output: Output, subject: string, elapsedMs: () => number): Progress {
  let shown = ''
  if (!output.isTerminal)
    return {
      state(state) {
        if (state !== shown) output.write(`${printable(`${subject}: ${state}`)}\n`)
        shown = state
      },
      end: () => {},
    }
  const draw = () => {
    const line = printable(`${subject}: ${shown} (${Math.round(elapsedMs() / 1_000)} s)`)
    // One that wraps could not be taken back.
    output.write(clearLine + line.slice(0, output.columns - 1))
  }
  let ticking: NodeJS.Timeout | undefined
  return {
    state(state) {
      shown = state
      ticking ??= setInterval(draw, tickMs)
      draw()
    },
    end() {
      if (ticking !== undefined) output.write(clearLine)
      clearInterval(ticking)
      ticking = undefined
    },
  }
}

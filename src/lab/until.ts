import { setTimeout as delay } from 'node:timers/promises'
import { LabError } from './lab-error.ts'

const pollMs = 50

/** Waits until nothing is wrong any more; when it takes too long, says what was. */
export async function untilNothingIsWrong(
  what: string,
  limitMs: number,
  look: () => Promise<readonly string[]>,
): Promise<void> {
  const last = { wrong: [] as readonly string[] }
  const right = async (): Promise<true | undefined> => {
    last.wrong = await look()
    return last.wrong.length === 0 || undefined
  }
  try {
    await until(what, limitMs, right)
  } catch (error) {
    throw error instanceof LabError ? new LabError(`${error.message}; ${last.wrong.join(', ')}`) : error
  }
}

/** Waits until something is there: asks again and again, and says what it waited for when it takes too long. */
export async function until<T>(what: string, limitMs: number, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new LabError(`${what}: it took longer than ${limitMs / 1_000} s`)
    await delay(pollMs)
  }
}

/**
 * What a reader has answered. As long as its transaction lasts nothing that it reads can change, but that lists lose
 * with time what has an end; so the same question has the same answer until then, and need not be put to the database.
 */
export interface Memory {
  /** The answer to a question asked as of `now`, if it is known. */
  recall(question: string, now: number): readonly unknown[] | undefined
  /** Keeps an answer that was true at `now` and will be until just before `until`; null: to the end of the transaction. */
  keep(question: string, now: number, until: number | null, answer: readonly unknown[]): void
  /** A new transaction begins. */
  forget(): void
}

/** So many records are kept, some kilobytes each at most. */
const mostRecords = 4_000

export function createMemory(): Memory {
  const answers = new Map<string, { from: number; until: number | null; answer: readonly unknown[] }>()
  let records = 0
  const forget = () => {
    answers.clear()
    records = 0
  }
  return {
    recall(question, now) {
      const known = answers.get(question)
      if (known === undefined || now < known.from || (known.until !== null && now >= known.until)) return undefined
      return known.answer
    },
    keep(question, from, until, answer) {
      // What was found empty takes room too.
      records += answer.length + 1
      if (records > mostRecords) forget()
      answers.set(question, { from, until, answer })
    },
    forget,
  }
}

/** For who may write: what is read then may change with the next statement. */
export const noMemory: Memory = { recall: () => undefined, keep: () => {}, forget: () => {} }

/** Parts of a write that may fail alone: savepoints of the transaction that runs. */
export interface Attempts {
  /** When `work` throws, what it saved is undone and the error passed on. Attempts nest but do not run side by side. */
  attempt<T>(work: () => Promise<T>): Promise<T>
  /** Has to be called before anything is saved. */
  changing(): void
}

/** What the attempts ask of the database. */
export interface Savepoints {
  set(name: string): void | Promise<void>
  /** What was saved since is kept, as far as what encloses it is. */
  release(name: string): void | Promise<void>
  /** What was saved since is undone; the savepoint stays. */
  rollBackTo(name: string): void | Promise<void>
  /** A savepoint after a failure is no longer needed; if the transaction has gone, so has it. */
  drop(name: string): void | Promise<void>
}

/** An attempt inside another one that has saved nothing yet needs no savepoint of its own. */
export function attemptsWith(savepoints: Savepoints): Attempts {
  let depth = 0
  /** Something may have been saved since the innermost savepoint. */
  let changed = false
  return {
    async attempt(work) {
      const own = depth === 0 || changed
      if (own) {
        await savepoints.set(`level${depth}`)
        depth++
        changed = false
      }
      const name = `level${depth - 1}`
      try {
        const value = await work()
        if (own) await savepoints.release(name)
        return value
      } catch (error) {
        if (changed) await savepoints.rollBackTo(name)
        changed = false
        if (own) await savepoints.drop(name)
        throw error
      } finally {
        if (own) {
          depth--
          changed = true
        }
      }
    },
    changing() {
      changed = true
    },
  }
}

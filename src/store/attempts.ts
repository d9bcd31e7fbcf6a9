/** Parts of a write that may fail alone: savepoints of the transaction that runs. */
export interface Attempts {
  /** When `work` throws, what it saved is undone and the error passed on. Attempts nest but do not run side by side. */
  attempt<T>(work: () => Promise<T>): Promise<T>
  /** Has to be called before anything is saved: a savepoint is set then, so what is refused needs none. */
  changing(): Promise<void>
}

/** What the attempts ask of the database. */
export interface Savepoints {
  /**
   * Given where a statement that fails, though it only reads, spoils all that was done before: whether one has. Then each
   * attempt begins with its savepoint.
   */
  readonly isSpoilt?: () => boolean
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
  /** One for each attempt that may need a savepoint, the innermost last; whether it has been set. */
  const levels: { isSet: boolean }[] = []
  /** Something may have been saved since the innermost of them began. */
  let changed = false
  const innermost = () => `level${levels.length - 1}`
  const setInnermost = async () => {
    const level = levels.at(-1)
    if (level === undefined) throw new Error('something is saved outside of a write')
    if (!level.isSet) await savepoints.set(innermost())
    level.isSet = true
  }
  return {
    async attempt(work) {
      const own = levels.length === 0 || changed ? { isSet: false } : undefined
      if (own !== undefined) {
        levels.push(own)
        changed = false
      }
      try {
        if (own !== undefined && savepoints.isSpoilt !== undefined) await setInnermost()
        const value = await work()
        if (own?.isSet === true) await savepoints.release(innermost())
        return value
      } catch (error) {
        if (changed || savepoints.isSpoilt?.() === true) await savepoints.rollBackTo(innermost())
        changed = false
        if (own?.isSet === true) await savepoints.drop(innermost())
        throw error
      } finally {
        if (own !== undefined) {
          levels.pop()
          changed = true
        }
      }
    },
    async changing() {
      await setInnermost()
      changed = true
    },
  }
}

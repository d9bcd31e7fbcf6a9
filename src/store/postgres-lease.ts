/** As much of a connection to PostgreSQL as a lease needs; not connected yet. */
interface Line {
  on(event: 'error' | 'end', listener: () => void): unknown
  connect(): Promise<unknown>
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly { readonly mine: boolean }[] }>
  end(): Promise<void>
}

/** What one server at a time has, of all that share a store. */
export interface Lease {
  /** Whether this server has it, now that it asked. */
  held(): Promise<boolean>
  end(): Promise<void>
}

/** Held for as long as its connection to the database lives: a server that dies gives it up. */
export function leaseOf(open: () => Line, name: string): Lease {
  const state: { holding: Line | undefined } = { holding: undefined }

  async function ask(): Promise<boolean> {
    const line = open()
    line.on('error', () => {})
    line.on('end', () => {
      if (state.holding === line) state.holding = undefined
    })
    await line.connect()
    const { rows } = await line.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [name])
    if (rows[0]?.mine === true) state.holding = line
    else await line.end()
    return state.holding === line
  }

  /** Of a connection that fell silent nobody says that the lease is another's now: so it is asked. */
  async function isAnswered(line: Line): Promise<boolean> {
    try {
      await line.query('SELECT true AS mine', [])
    } catch {
      if (state.holding === line) state.holding = undefined
      // It waits for the other end.
      line.end().catch(() => {})
    }
    return state.holding === line
  }

  return {
    held: async () => (state.holding !== undefined && (await isAnswered(state.holding))) || ask(),
    async end() {
      const line = state.holding
      state.holding = undefined
      await line?.end().catch(() => {})
    },
  }
}

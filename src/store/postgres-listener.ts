/** As much of a connection to PostgreSQL as listening needs; not connected yet. */
interface Line {
  on(event: 'notification' | 'error' | 'end', listener: () => void): unknown
  connect(): Promise<unknown>
  query(text: string): Promise<unknown>
  end(): Promise<void>
}

export interface Listener {
  /** Calls `listener` when another server has committed, and when that may have been missed. */
  onNotice(listener: () => void): void
  end(): Promise<void>
}

const retryAfterMs = 1_000

/** Hears of commits on a connection of its own, which is made anew when it is lost. */
export async function listenTo(open: () => Line, channel: string): Promise<Listener> {
  const listeners: (() => void)[] = []
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const state: { client: Line | undefined; ended: boolean; retry: NodeJS.Timeout | undefined } = {
    client: undefined,
    ended: false,
    retry: undefined,
  }

  async function connect(): Promise<void> {
    const client = open()
    client.on('notification', tell)
    client.on('error', () => {})
    client.on('end', () => {
      if (state.ended || state.client !== client) return
      state.client = undefined
      again()
    })
    await client.connect()
    await client.query(`LISTEN ${channel}`)
    state.client = client
  }

  function again(): void {
    state.retry = setTimeout(() => void connect().then(tell, again), retryAfterMs)
  }

  await connect()
  return {
    onNotice: (listener) => void listeners.push(listener),
    async end() {
      state.ended = true
      clearTimeout(state.retry)
      await state.client?.end().catch(() => {})
    },
  }
}

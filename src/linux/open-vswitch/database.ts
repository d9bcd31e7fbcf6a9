import { createConnection, type Socket } from 'node:net'
import { splitMessages } from './messages.ts'
import type { OvsdbRow } from './values.ts'

/** An operation of a transaction, as RFC 7047 (section 5.2) has them. */
export type OvsdbOperation = Readonly<Record<string, unknown>>

/** The database of Open vSwitch, over its socket. It follows the server through restarts. */
export interface Database {
  /** The columns that are followed, as they were last told. */
  rows(table: string): ReadonlyMap<string, OvsdbRow>
  /** All or nothing. Resolves when the switch has done what it says. Throws what the database says. */
  transact(operations: readonly OvsdbOperation[]): Promise<void>
  close(): void
}

/** A transaction that the database refused, or that the switch did not carry out in time. */
export class TransactionFailed extends Error {
  override readonly name = 'TransactionFailed'
}

const followed: Readonly<Record<string, readonly string[]>> = {
  Open_vSwitch: ['cur_cfg'],
  Bridge: ['name', 'ports'],
  Port: ['name', 'interfaces', 'tag', 'trunks', 'lacp', 'bond_mode', 'other_config'],
  Interface: ['name', 'external_ids'],
}

/** How long an answer may take, real milliseconds. */
const limitMs = 10_000
const reconnectMs = 20

/** Waits until the server answers. */
export async function openDatabase(socketPath: string): Promise<Database> {
  const tables = new Map<string, Map<string, OvsdbRow>>()
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let nextUpdate = Promise.withResolvers<void>()
  const state = { nextId: 1, closed: false, connected: false, ready: Promise.withResolvers<Socket>() }

  const send = (socket: Socket, message: object): void => void socket.write(JSON.stringify(message))
  const ask = (socket: Socket, method: string, params: readonly unknown[]): Promise<unknown> => {
    const id = state.nextId++
    const answer = Promise.withResolvers<unknown>()
    waiting.set(id, answer)
    send(socket, { id, method, params })
    return within(answer.promise, () => waiting.delete(id))
  }

  const receive = (socket: Socket, message: unknown): void => {
    const { id, method, params, result, error } = message as Message
    if (method === 'echo') send(socket, { id, result: params, error: null })
    else if (method === 'update') learn(params?.[1] as TableUpdates)
    else if (typeof id === 'number') {
      const answer = waiting.get(id)
      waiting.delete(id)
      if (error === null || error === undefined) answer?.resolve(result)
      else answer?.reject(new TransactionFailed(JSON.stringify(error)))
    }
  }

  function learn(updates: TableUpdates): void {
    for (const [table, rows] of Object.entries(updates)) {
      const known = tables.get(table) ?? new Map<string, OvsdbRow>()
      tables.set(table, known)
      for (const [uuid, row] of Object.entries(rows)) {
        if (row.new === undefined) known.delete(uuid)
        else known.set(uuid, row.new)
      }
    }
    nextUpdate.resolve()
    nextUpdate = Promise.withResolvers<void>()
  }

  function connect(): void {
    const socket = createConnection(socketPath)
    socket.setEncoding('utf8').on(
      'data',
      splitMessages((message) => receive(socket, message)),
    )
    socket.on('connect', () => void begin(socket))
    socket.on('error', () => {})
    socket.on('close', () => {
      for (const answer of waiting.values()) answer.reject(new TransactionFailed('the database has gone'))
      waiting.clear()
      if (state.closed) return
      // Who waits for the first connection goes on waiting.
      if (state.connected) state.ready = Promise.withResolvers<Socket>()
      state.connected = false
      setTimeout(() => (state.closed ? undefined : connect()), reconnectMs)
    })
  }

  /** What was known of a server before is forgotten. */
  async function begin(socket: Socket): Promise<void> {
    try {
      const wanted = Object.entries(followed).map(([table, columns]) => [table, { columns }])
      const first = await ask(socket, 'monitor', ['Open_vSwitch', null, Object.fromEntries(wanted)])
      tables.clear()
      learn(first as TableUpdates)
      state.connected = true
      state.ready.resolve(socket)
    } catch {
      socket.destroy()
    }
  }

  const configuration = (): number => Number([...(tables.get('Open_vSwitch') ?? []).values()][0]?.['cur_cfg'] ?? 0)

  connect()
  await within(state.ready.promise)
  return {
    rows: (table) => tables.get(table) ?? new Map(),
    async transact(operations) {
      const socket = await within(state.ready.promise)
      const results = await ask(socket, 'transact', ['Open_vSwitch', ...operations, ...nextConfiguration])
      const wanted = outcomeOf(results as readonly Result[])
      const end = performance.now() + limitMs
      // The word that it is done may come before the answer.
      while (configuration() < wanted) await within(nextUpdate.promise, () => {}, end - performance.now())
    },
    close() {
      state.closed = true
      void state.ready.promise.then((socket) => socket.destroy())
    },
  }
}

interface Message {
  readonly id?: unknown
  readonly method?: string
  readonly params?: readonly unknown[]
  readonly result?: unknown
  readonly error?: unknown
}

type TableUpdates = Readonly<Record<string, Readonly<Record<string, { readonly new?: OvsdbRow }>>>>

interface Result {
  readonly error?: string
  readonly details?: string
  readonly rows?: readonly { readonly next_cfg?: number }[]
}

/** The switch copies this number to `cur_cfg` when it has done all that came before. */
const nextConfiguration: readonly OvsdbOperation[] = [
  { op: 'mutate', table: 'Open_vSwitch', where: [], mutations: [['next_cfg', '+=', 1]] },
  { op: 'select', table: 'Open_vSwitch', where: [], columns: ['next_cfg'] },
]

function outcomeOf(results: readonly Result[]): number {
  const wrong = results.find((result) => result?.error !== undefined)
  if (wrong !== undefined) throw new TransactionFailed(`${wrong.error}: ${wrong.details ?? ''}`)
  return results.at(-1)?.rows?.[0]?.next_cfg ?? 0
}

async function within<T>(promise: Promise<T>, tooLate: () => void = () => {}, milliseconds = limitMs): Promise<T> {
  const { promise: limit, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    tooLate()
    reject(new TransactionFailed(`Open vSwitch did not answer within ${limitMs} ms`))
  }, milliseconds)
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(timer)
  }
}

import { connect } from 'node:net'

/** Why a daemon of FRR did not carry out a command, with the command; what is secret in it is left out. */
export class VtyRefused extends Error {
  override readonly name = 'VtyRefused'
}

/** The line on which a daemon of FRR takes commands, as FRR's own shell speaks to it. It carries out one at a time. */
export interface Vty {
  /** What it answers to a command, such as `show bgp summary json`. Throws `VtyRefused`. */
  ask(command: string): Promise<string>
  close(): void
}

/** How long an answer may take, real milliseconds. */
const patienceMs = 5_000

/** An answer ends with three zeros and how it went; 0 is well. */
const trailer = 4

/** @param socket the daemon's, such as `…/bgpd.vty` */
export async function openVty(socket: string): Promise<Vty> {
  const line = connect(socket)
  const waiting: { readonly command: string; readonly resolve: (text: string) => void; readonly reject: Reject }[] = []
  const state = { heard: [] as Buffer[], closed: null as Error | null }

  const close = (error = new Error(`${socket}: the line is closed`)): void => {
    state.closed ??= error
    line.destroy()
    for (const { reject } of waiting.splice(0)) reject(state.closed)
  }
  const next = (): void => {
    const [first] = waiting
    if (first === undefined) return
    line.setTimeout(patienceMs)
    line.write(`${first.command}\0`)
  }
  line.on('data', (chunk: Buffer) => {
    state.heard.push(chunk)
    // Only the end of an answer has zeros in it.
    if (chunk.length < trailer && state.heard.length > 1) state.heard = [Buffer.concat(state.heard)]
    const last = state.heard.at(-1) ?? chunk
    if (last.length < trailer || last.readUIntBE(last.length - trailer, 3) !== 0) return
    const answer = Buffer.concat(state.heard.splice(0))
    const status = answer.at(-1) ?? 0
    const text = answer.subarray(0, -trailer).toString('utf8')
    const asked = waiting.shift()
    line.setTimeout(0)
    if (asked !== undefined) {
      if (status === 0) asked.resolve(text)
      else asked.reject(new VtyRefused(`${redacted(asked.command)}: ${text.trim() || `refused with ${status}`}`))
    }
    next()
  })
  line.on('error', close)
  line.on('close', () => close())
  line.on('timeout', () => close(new Error(`${socket}: no answer within ${patienceMs} ms`)))

  const ask = (command: string): Promise<string> => {
    if (state.closed !== null) return Promise.reject(state.closed)
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    waiting.push({ command, resolve, reject })
    if (waiting.length === 1) next()
    return promise
  }
  await ask('enable')
  return { ask, close }
}

type Reject = (error: Error) => void

function redacted(command: string): string {
  return command.replace(/( password ).*/, '$1…')
}

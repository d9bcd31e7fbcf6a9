import { connect } from 'node:net'

/** Why a daemon of FRR did not carry out a command, with the command; what is secret in it is left out. */
export class VtyRefused extends Error {
  override readonly name = 'VtyRefused'
}

/** The line on which a daemon of FRR takes commands, as FRR's own shell speaks to it. It carries out one at a time. */
export interface Vty {
  /**
   * What it answers to a command, such as `show bgp summary json`. Several that fit in 512 bytes are carried out with
   * nothing in between; all of them, even where one is refused. Throws `VtyRefused`.
   */
  ask(...commands: readonly string[]): Promise<string>
  close(): void
}

/** How long an answer may take, real milliseconds. */
const patienceMs = 5_000

/** An answer ends with three zeros and how it went; 0 is well. */
const trailer = 4

/** @param socket the daemon's, such as `…/bgpd.vty` */
export async function openVty(socket: string): Promise<Vty> {
  const line = connect(socket)
  const waiting: Question[] = []
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
    line.write(first.commands.map((command) => `${command}\0`).join(''))
  }
  /** Of what was heard, the answers that are whole. */
  const answers = (): readonly Buffer[] => {
    // Only the end of an answer has zeros in it.
    if (state.heard.at(-1)?.includes(0) === false) return []
    const whole: Buffer[] = []
    let rest = Buffer.concat(state.heard)
    for (;;) {
      const end = rest.indexOf(0)
      if (end < 0 || end + trailer > rest.length) break
      whole.push(rest.subarray(0, end + trailer))
      rest = rest.subarray(end + trailer)
    }
    state.heard = rest.length === 0 ? [] : [rest]
    return whole
  }
  const take = (answer: Buffer): void => {
    const [asked] = waiting
    if (asked === undefined) return
    const status = answer.at(-1) ?? 0
    const text = answer.subarray(0, -trailer).toString('utf8')
    if (status !== 0) {
      const command = redacted(asked.commands[asked.texts.length] ?? '')
      asked.refused ??= new VtyRefused(`${command}: ${text.trim() || `refused with ${status}`}`)
    }
    asked.texts.push(text)
    if (asked.texts.length < asked.commands.length) return
    waiting.shift()
    line.setTimeout(0)
    if (asked.refused === undefined) asked.resolve(asked.texts.join(''))
    else asked.reject(asked.refused)
    next()
  }
  line.on('data', (chunk: Buffer) => {
    state.heard.push(chunk)
    for (const answer of answers()) take(answer)
  })
  line.on('error', close)
  line.on('close', () => close())
  line.on('timeout', () => close(new Error(`${socket}: no answer within ${patienceMs} ms`)))

  const ask = (...commands: readonly string[]): Promise<string> => {
    if (state.closed !== null) return Promise.reject(state.closed)
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    waiting.push({ commands, texts: [], resolve, reject })
    if (waiting.length === 1) next()
    return promise
  }
  await ask('enable')
  return { ask, close }
}

interface Question {
  readonly commands: readonly string[]
  readonly texts: string[]
  refused?: VtyRefused
  readonly resolve: (text: string) => void
  readonly reject: (error: Error) => void
}

function redacted(command: string): string {
  return command.replace(/( password ).*/, '$1…')
}

import { parseArgs } from 'node:util'
import { CommandFailed } from '../linux/command.ts'
import { TransactionFailed } from '../linux/open-vswitch/database.ts'
import { stopBuilding, takeDown } from './down.ts'
import { exec } from './exec.ts'
import { fail } from './fail.ts'
import { heal } from './heal.ts'
import { LabError, LabUsageError } from './lab-error.ts'
import { labs } from './labs.ts'
import { checkNeeds } from './need.ts'
import { findState, type Places, placesOf, readState } from './state.ts'
import { statusLines, statusOf } from './status.ts'
import type { Lab } from './topology.ts'
import { up, whatNext } from './up.ts'

const usage = `crossconnect lab: networks to rehearse in, on this machine, with real packets

  crossconnect lab list                      the labs that there are
  crossconnect lab up NAME                   build one, and look whether it works
  crossconnect lab status [--output json]    its hosts, cables and sessions
  crossconnect lab exec HOST PROGRAM …       run a program on a host of it
  crossconnect lab fail WHAT [--seconds 10]  a cable, device, location or session
                                             fails while packets go
  crossconnect lab heal                      everything that failed works again
  crossconnect lab down                      remove all of it

  --directory DIR   what is kept of the lab; one lab in each (.crossconnect/lab)
  --from, --to      between which hosts 'fail' sends packets

It needs root and Linux with Open vSwitch and FRR. Example:
  sudo crossconnect lab up resilient
  sudo crossconnect lab fail cable-1
`

interface Invocation {
  readonly words: readonly string[]
  readonly options: { readonly [name: string]: string | boolean | undefined }
  readonly places: Places
  readonly print: (line: string) => void
  readonly interrupted: AbortSignal
}

/** What each command does; answers the exit code. */
const commands: Readonly<Record<string, (invocation: Invocation) => Promise<number>>> = {
  async list({ print }) {
    for (const [name, load] of Object.entries(labs)) print(`${name.padEnd(18)} ${(await load()).summary}`)
    return 0
  },
  async up({ words: [name], places, print, interrupted }) {
    const lab = await labNamed(name)
    print(`lab ${name}: ${lab.summary}`)
    await up(name ?? '', lab, places.directory, print, interrupted)
    for (const line of whatNext(lab, readState(placesOf(places.directory)))) print(line)
    return 0
  },
  async status({ options, places, print }) {
    const output = options['output'] ?? 'text'
    if (output !== 'text' && output !== 'json') throw new LabUsageError(`--output ${output}: it must be text or json`)
    const status = await statusOf(readState(places))
    for (const line of output === 'json' ? [JSON.stringify(status, undefined, 2)] : statusLines(status)) print(line)
    return 0
  },
  exec({ words: [host, ...words], places }) {
    if (host === undefined) throw new LabUsageError('exec needs the name of a host, and a program to run there')
    checkNeeds()
    return exec(places, readState(places), host, words)
  },
  async fail({ words: [target], options, places, print, interrupted }) {
    if (target === undefined) throw new LabUsageError('fail needs the name of what is to fail, such as cable-1')
    const state = readState(places)
    const [[from, to] = ['', '']] = (await labNamed(state.name)).reaches
    const seconds = Number(options['seconds'] ?? 10)
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600)
      throw new LabUsageError(`--seconds ${options['seconds']}: it must be a whole number from 1 to 3600`)
    checkNeeds()
    const order = { target, seconds, from: String(options['from'] ?? from), to: String(options['to'] ?? to) }
    await fail(places, state, order, print, interrupted)
    return 0
  },
  async heal({ places, print, interrupted }) {
    const state = readState(places)
    checkNeeds()
    await heal(state, (await labNamed(state.name)).reaches, print, interrupted)
    return 0
  },
  async down({ places, print }) {
    const state = findState(places)
    if (state !== undefined) {
      checkNeeds()
      await stopBuilding(state)
    }
    await takeDown(places)
    print(state === undefined ? `no lab is up in ${places.directory}` : `the lab ${state.name} is gone`)
    return 0
  },
}

/** How many words a command takes at most; what follows the host of `exec` is the program's. */
const mostWords: Readonly<Record<string, number>> = { up: 1, fail: 1, exec: Number.POSITIVE_INFINITY }

export const commandNames = Object.keys(commands)

export const options = {
  directory: { type: 'string', meaning: 'what is kept of the lab; one lab in each' },
  output: { type: 'string', meaning: 'how the status is printed: text or json' },
  seconds: { type: 'string', meaning: 'how long something fails' },
  from: { type: 'string', meaning: 'the host that sends packets meanwhile' },
  to: { type: 'string', meaning: 'the host that they are sent to' },
} as const

/** What can go wrong on a machine that is as it should be; all else is a mistake of ours. */
const expected = [LabError, CommandFailed, TransactionFailed] as const
/** As shells have it for what an interrupt has ended. */
const interruptedCode = 130

/** Runs `crossconnect lab …`, given what follows these words. Answers the exit code: 0; 1 it failed; 2 wrong usage. */
export async function run(args: readonly string[]): Promise<number> {
  const interruption = new AbortController()
  const interrupt = (): void => interruption.abort()
  try {
    const { command, words, options } = parsed(args)
    if (command === undefined || options['help'] === true) {
      process.stdout.write(usage)
      return command === undefined && options['help'] !== true ? 2 : 0
    }
    const act = Object.hasOwn(commands, command) ? commands[command] : undefined
    if (act === undefined) throw new LabUsageError(`there is no command '${command}'`)
    const extra = words[mostWords[command] ?? 0]
    if (extra !== undefined) throw new LabUsageError(`'${extra}' is one word too many`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
    // Whoever has read enough of it does not end the work.
    process.stdout.on('error', () => {})
    return await act({
      words,
      options,
      places: placesOf(String(options['directory'] ?? '.crossconnect/lab')),
      print: (line) => void process.stdout.write(`${line}\n`),
      interrupted: interruption.signal,
    })
  } catch (error) {
    if (error instanceof LabUsageError) {
      process.stderr.write(`crossconnect lab: ${error.message}\n'crossconnect lab --help' says how it is used.\n`)
      return 2
    }
    if (interruption.signal.aborted && !(error instanceof LabError)) return interruptedCode
    if (!expected.some((kind) => error instanceof kind)) throw error
    process.stderr.write(`crossconnect lab: ${error instanceof Error ? error.message : ''}\n`)
    return 1
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt)
  }
}

/** Our options may stand anywhere; but what follows the host of `exec` belongs to the program. */
function parsed(args: readonly string[]) {
  const end = endOfOwn(args)
  const [own, rest] = [args.slice(0, end), args.slice(end)]
  try {
    const { values, positionals } = parseArgs({
      args: own,
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    })
    const [command, ...words] = positionals
    return { command, words: [...words, ...rest], options: values }
  } catch (error) {
    throw new LabUsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Where what belongs to a program begins. */
function endOfOwn(args: readonly string[]): number {
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('-')) words.push(word)
    else if (!word.includes('=') && !['--help', '-h'].includes(word)) at++
    if (words[0] === 'exec' && words.length === 2) return at + 1
  }
  return args.length
}

async function labNamed(name: string | undefined): Promise<Lab> {
  const load = name !== undefined && Object.hasOwn(labs, name) ? labs[name] : undefined
  if (load !== undefined) return load()
  const known = Object.keys(labs).join(', ')
  throw new LabUsageError(
    name === undefined ? `say which lab: ${known}` : `there is no lab '${name}'; there are ${known}`,
  )
}

import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { environmentOf, inNamespace, run } from './command.ts'

/** A program that stays in the foreground. Its command line must be its own on this machine: it is how it is found again. */
export interface DaemonOrder {
  /** An absolute path. */
  readonly program: string
  readonly args: readonly string[]
  readonly namespace: string | null
  /** The file to which what it prints is added. */
  readonly log: string
  readonly environment?: Readonly<Record<string, string>>
}

/** A program that runs, and goes on running when we do not. */
export interface Daemon {
  readonly pid: number
  isAlive(): boolean
  /** Is called once, when it has ended; not when it was us who stopped it or let go of it. */
  onEnd(listener: () => void): void
  /** Stops it, and waits until it has gone. */
  stop(): Promise<void>
  /** Forgets about it: it runs on. */
  release(): void
}

/** How soon the end of a program is noticed that is not a child of ours, real milliseconds. */
const pollMs = 250
/** How long it may take to end in good order, real milliseconds. */
const patienceMs = 3_000

export function startDaemon(order: DaemonOrder): Daemon {
  const [command, ...parameters] = inNamespace(order.namespace, order.program, order.args)
  const log = openSync(order.log, 'a', 0o600)
  try {
    const child = spawn(command, parameters, {
      detached: true,
      stdio: ['ignore', log, log],
      env: environmentOf(order.environment),
    })
    const daemon = watched(child.pid ?? 0)
    // An error is that it could not be started, and there is no process then.
    child.on('error', daemon.ended).on('exit', daemon.ended).unref()
    return daemon
  } finally {
    closeSync(log)
  }
}

/** The daemon of an earlier run, if it still runs. Whoever looks for many reads `runningProcesses` once. */
export function adoptDaemon(
  { program, args }: Pick<DaemonOrder, 'program' | 'args'>,
  running: RunningProcesses = runningProcesses(),
): Daemon | undefined {
  const line = commandLine(program, args)
  const pid = running.get(line)
  // It may have ended since, and its id may be another's.
  return pid === undefined || contents(`/proc/${pid}/cmdline`) !== line ? undefined : watched(pid)
}

/**
 * Lets a process run as soon as it has something to do, before all else on this machine. Throws `CommandFailed` where we may
 * not do that, as in some containers.
 */
export async function goesFirst(pid: number): Promise<void> {
  await run('chrt', ['--all-tasks', '--rr', '--pid', '1', String(pid)])
}

/** Stops whatever runs a program with some text in its command line, as an earlier version of ours may have begun it. */
export async function stopAll(program: string, text: string, running = runningProcesses()): Promise<void> {
  const found = [...running].filter(([line]) => line.startsWith(`${program}\0`) && line.includes(text))
  await Promise.all(
    found.map(([line, pid]) => (contents(`/proc/${pid}/cmdline`) === line ? watched(pid).stop() : null)),
  )
}

/** The ids of all processes by their command lines; of those that share one, the eldest's. */
export type RunningProcesses = ReadonlyMap<string, number>

export function runningProcesses(): RunningProcesses {
  return new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .toSorted((a, b) => Number(b) - Number(a))
      .flatMap((name) => {
        const line = contents(`/proc/${name}/cmdline`)
        return line === '' ? [] : [[line, Number(name)] as const]
      }),
  )
}

/** As /proc spells it: a zombie has none. */
function commandLine(program: string, args: readonly string[]): string {
  return [program, ...args].map((part) => `${part}\0`).join('')
}

function watched(pid: number): Daemon & { readonly ended: () => void } {
  const state = { over: false, released: false, listeners: [] as (() => void)[] }
  const bornAt = startOf(pid)
  const ended = (): void => {
    if (state.over) return
    state.over = true
    clearInterval(poll)
    if (!state.released) for (const listener of state.listeners) listener()
  }
  const isAlive = (): boolean => {
    if (!state.over && (bornAt === null || startOf(pid) !== bornAt)) ended()
    return !state.over
  }
  const poll = setInterval(isAlive, pollMs).unref()
  const release = (): void => {
    state.released = true
    clearInterval(poll)
  }
  return {
    pid,
    isAlive,
    ended,
    release,
    onEnd(listener) {
      state.listeners.push(listener)
    },
    async stop() {
      release()
      for (const [signal, waitMs] of [
        ['SIGTERM', patienceMs],
        ['SIGKILL', patienceMs],
      ] as const) {
        if (isAlive()) send(pid, signal)
        const until = performance.now() + waitMs
        while (isAlive() && performance.now() < until) await delay(5)
        if (!isAlive()) return
      }
    },
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended meanwhile.
  }
}

/** When a process began, in ticks since the machine did; null: it has ended. Ids are used again, not together with this. */
function startOf(pid: number): string | null {
  // The name, in brackets, may hold anything.
  const [state, ...fields] = contents(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
  return state === undefined || state === '' || state === 'Z' || state === 'X' ? null : (fields[18] ?? null)
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

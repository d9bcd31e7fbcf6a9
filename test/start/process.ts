// The server as people start it: a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const node = join(root, 'node_modules/.bin/node')

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Real milliseconds from spawning it to reading its URL. */
  readonly listeningAfter: number
  /** All that it has printed. */
  readonly stdout: () => string
  /** Sends a signal, and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Ended>
}

export interface Wish {
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly program?: Program
}

/** How the program is called, and from where. */
export interface Program {
  readonly command: string
  /** What stands before the flags. */
  readonly words: readonly string[]
  readonly directory: string
  /** Signals go to all that the command started, as Ctrl-C in a terminal does. */
  readonly group: boolean
}

const ours: Program = { command: node, words: [join(root, 'src/main.ts'), 'serve'], directory: tmpdir(), group: false }

/** Waits until it listens; if it ends before, rejects with what it said. */
export async function started(data: string, { args = [], environment = {}, program }: Wish = {}): Promise<Running> {
  const spawnedAt = performance.now()
  const { child, ended, stdout, kill } = launch(['--port', '0', '--data', data, ...args], environment, program)
  const url = await Promise.race([
    lineThat(child, stdout),
    ended.then(({ code, stderr }) => Promise.reject(new Error(`it ended with ${code}: ${stderr}`))),
  ])
  const listeningAfter = performance.now() - spawnedAt
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    kill(signal)
    return ended
  }
  return {
    url,
    pid: child.pid ?? 0,
    listeningAfter,
    stdout,
    end,
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}

/** Runs it to its end, as with a flag that it refuses. */
export function ran(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { child, ended } = launch(args, environment)
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 20_000)
  return ended.finally(() => clearTimeout(tooLong))
}

/** A directory that goes when the test does. */
export function temporary(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'crossconnect-start-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

function launch(args: readonly string[], environment: Readonly<Record<string, string>>, program = ours) {
  const child = spawn(program.command, [...program.words, ...args], {
    cwd: program.directory,
    detached: program.group,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const { promise: ended, resolve, reject } = Promise.withResolvers<Ended>()
  child.on('error', reject)
  child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  const kill = (signal: NodeJS.Signals): void => {
    const { pid } = child
    if (!program.group || pid === undefined) return void child.kill(signal)
    try {
      process.kill(-pid, signal)
    } catch (error) {
      // Nobody of the group is left.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
  return { child, ended, kill, stdout: () => stdout }
}

/** The last word of the first line that starts with `listening `. */
function lineThat({ stdout: stream }: ChildProcess, printed: () => string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  stream?.on('data', () => {
    const url = /^listening .*?(\S+)\n/m.exec(printed())?.[1]
    if (url !== undefined) resolve(url)
  })
  return promise
}

import { spawn } from 'node:child_process'

/** A program that ended badly; the message is its name and the first line of what it complained about. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

export interface RunOptions {
  /** The network namespace to run it in; without it, ours. */
  readonly namespace?: string | null
  /** What it reads from standard input. */
  readonly input?: string
  /** How long it may take, real milliseconds; it is killed then. */
  readonly limitMs?: number
  readonly environment?: Readonly<Record<string, string>>
}

const defaultLimitMs = 20_000

/** Runs a program to its end and returns what it wrote to standard output. Throws `CommandFailed`. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { input = '', limitMs = defaultLimitMs } = options
  const [command, ...parameters] = inNamespace(options.namespace ?? null, program, args)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const child = spawn(command, parameters, { env: environmentOf(options.environment) })
  const limit = { passed: false }
  const timer = setTimeout(() => {
    limit.passed = true
    child.kill('SIGKILL')
  }, limitMs)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.on('error', (error) => {
    clearTimeout(timer)
    reject(new CommandFailed(`${program}: ${error.message}`))
  })
  child.on('close', (code, signal) => {
    clearTimeout(timer)
    if (code === 0) resolve(stdout)
    else if (limit.passed) reject(new CommandFailed(`${program}: it took longer than ${limitMs} ms`))
    else
      reject(
        new CommandFailed(`${program}: ${firstLine(stderr) || firstLine(stdout) || `ended with ${code ?? signal}`}`),
      )
  })
  // Whoever does not read its input is not at fault for that.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return promise
}

/** The command line that runs a program in a network namespace. The program takes the place of what brings it there. */
export function inNamespace(
  namespace: string | null,
  program: string,
  args: readonly string[],
): readonly [string, ...string[]] {
  return namespace === null ? [program, ...args] : ['nsenter', `--net=${namespacePath(namespace)}`, program, ...args]
}

/** Where a named network namespace can be entered. */
export function namespacePath(namespace: string): string {
  return `${namespacesFolder}/${namespace}`
}

export const namespacesFolder = '/run/netns'

/** Debian keeps what only root needs in folders that the PATH of a service may lack. */
export function environmentOf(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`, ...more }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}

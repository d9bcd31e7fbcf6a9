import { join } from 'node:path'
import { runCommandLine } from '../../src/cli/cli.ts'
import type { Entries } from '../../src/cli/command.ts'
import type { Context, Output } from '../../src/cli/context.ts'
import { type Outcome, runWith } from './run.ts'

export interface World {
  readonly environment?: Readonly<Record<string, string>>
  /** The columns of the terminal that they write to; undefined: a pipe. */
  readonly terminal?: number
}

/** Our own command line, in this process: quick, and without a look at the environment of the tests. */
export async function crossconnect(words: readonly string[], world: World = {}, others: Entries = {}) {
  const { context, stdout, stderr } = worldOf(world)
  const status = await runCommandLine(words, context, others)
  return { status, stdout: stdout(), stderr: stderr() }
}

/** The world as a command sees it, and what is written in it. */
export function worldOf({ environment = {}, terminal }: World = {}) {
  const stdout = collected(terminal)
  const stderr = collected(terminal)
  const context: Context = {
    stdout: stdout.output,
    stderr: stderr.output,
    stdin: process.stdin,
    environment: { HOME: '/dev/null', ...environment },
    now: Date.now,
  }
  return { context, stdout: stdout.text, stderr: stderr.text }
}

/** The binary itself, in a process of its own. */
export function crossconnectProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return runWith(environment, process.execPath, [binary, ...words])
}

export const binary = join(import.meta.dirname, '../../src/main.ts')

function collected(columns: number | undefined): { readonly output: Output; readonly text: () => string } {
  const chunks: Buffer[] = []
  const isTerminal = columns !== undefined
  return {
    output: {
      write: (data) => void chunks.push(Buffer.from(data)),
      isTerminal,
      columns: columns ?? 80,
      colours: isTerminal,
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  }
}

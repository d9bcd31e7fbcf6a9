// The command line: in this process, as fast as a function call, or as a process of its own, on a terminal if need be.
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { runCommandLine } from '../../src/cli/cli.ts'
import type { Context, Output } from '../../src/cli/context.ts'
import { serveEntry } from '../../src/main/serve-entry.ts'
import { type Outcome, runWith } from './run.ts'
import type { TestServer } from './server.ts'

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export interface World {
  /** What is set beside the endpoint and the development credentials. */
  readonly environment?: Readonly<Record<string, string>>
  /** Both outputs are a terminal that shows colours. */
  readonly terminal?: boolean
  readonly columns?: number
}

/** Runs `crossconnect …words` against the server in this process. */
export async function crossconnect(
  server: Pick<TestServer, 'url'>,
  words: readonly string[],
  world: World = {},
): Promise<Outcome> {
  const { context, written } = worldOf(server, world)
  const status = await runCommandLine(words, context, { serve: serveEntry })
  return { status, ...written }
}

/** The world as a command sees it, and what is written in it. */
export function worldOf(server: Pick<TestServer, 'url'>, world: World = {}) {
  const written = { stdout: '', stderr: '' }
  const { terminal = false, columns = 80 } = world
  const outputTo = (stream: keyof typeof written): Output => ({
    write: (data) => {
      written[stream] += typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
    },
    isTerminal: terminal,
    columns,
    colours: terminal,
  })
  const context: Context = {
    stdout: outputTo('stdout'),
    stderr: outputTo('stderr'),
    stdin: process.stdin,
    environment: environmentFor(server, world),
    now: Date.now,
  }
  return { context, written }
}

/** The same as a process of its own, whose outputs are no terminal. */
export function spawned(
  server: Pick<TestServer, 'url'>,
  words: readonly string[],
  world: World = {},
): Promise<Outcome> {
  return runWith(environmentFor(server, world), node, [main, ...words])
}

/** The same on a terminal of 80 columns, on which somebody types `input`; all that it shows is in `stdout`. */
export function typed(
  server: Pick<TestServer, 'url'>,
  words: readonly string[],
  input = '',
  world: World = {},
): Promise<Outcome> {
  const quoted = [node, main, ...words].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  const environment = { TERM: 'xterm', SHELL: '/bin/sh', ...environmentFor(server, world) }
  return runWith(environment, '/usr/bin/script', ['-qec', `stty cols 80 -echo; ${quoted}`, '/dev/null'], {
    input,
    directory: tmpdir(),
  })
}

function environmentFor({ url }: Pick<TestServer, 'url'>, { environment = {} }: World): Record<string, string> {
  return {
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    ...environment,
  }
}

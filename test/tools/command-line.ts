// The command line with a server of the tests at its other end: in this process, as fast as a function call, or as a process of
// its own, on a terminal if need be.
import { tmpdir } from 'node:os'
import { entries } from '../../src/main/entries.ts'
import * as alone from './crossconnect.ts'
import { type Outcome, runWith } from './run.ts'
import type { TestServer } from './server.ts'

type Server = Pick<TestServer, 'url'>

/** Runs `crossconnect …words` against the server in this process. */
export const crossconnect = (server: Server, words: readonly string[], world: alone.World = {}): Promise<Outcome> =>
  alone.crossconnect(words, near(server, world), entries)

/** The same as a process of its own, whose outputs are no terminal. */
export const spawned = (server: Server, words: readonly string[], world: alone.World = {}): Promise<Outcome> =>
  alone.crossconnectProcess(words, near(server, world).environment)

/** The same on a terminal of 80 columns, on which somebody types `input`; all that it shows is in `stdout`. */
export function typed(server: Server, words: readonly string[], input = '', world: alone.World = {}): Promise<Outcome> {
  const line = [process.execPath, alone.binary, ...words].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  const environment = { TERM: 'xterm', SHELL: '/bin/sh', ...near(server, world).environment }
  return runWith(environment, '/usr/bin/script', ['-qec', `stty cols 80 -echo; ${line}`, '/dev/null'], {
    input,
    directory: tmpdir(),
  })
}

/** A world whose environment names the server and the development credentials. */
export const near = ({ url }: Server, { environment = {}, ...world }: alone.World = {}) => ({
  ...world,
  environment: {
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    ...environment,
  },
})

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adoptDaemon, type Daemon, type DaemonOrder, runningProcesses, startDaemon } from '../linux/daemons.ts'
import { LabError } from './lab-error.ts'
import type { Places } from './state.ts'
import { until } from './until.ts'

/** The program of which the labs are a part; it is what they run as their server. */
const main = fileURLToPath(new URL(`../main${extname(import.meta.url)}`, import.meta.url))

/** On a free port, with everything that is ordered done at once; what it carries packets with goes when it does. */
function orderOf({ data, serverLog }: Places, more: readonly string[]): DaemonOrder {
  const flags = ['--port', '0', '--data', data, '--timing', 'instant', '--fabric', 'linux', '--fabric-cleanup']
  return {
    program: process.execPath,
    args: [main, ...flags, '--log-level', 'warn', ...more],
    namespace: null,
    log: serverLog,
    // What is set for a server of one's own is not meant for that of a lab.
    environment: Object.fromEntries(
      Object.keys(process.env)
        .filter((name) => name.startsWith('CROSSCONNECT_'))
        .map((name) => [name, '']),
    ),
  }
}

const beginMs = 30_000

/** Starts the lab's server, which outlives us, with more flags if there are any; answers its URL. */
export async function startServer(places: Places, more: readonly string[] = []): Promise<string> {
  mkdirSync(places.run, { recursive: true, mode: 0o755 })
  const before = logOf(places).length
  const daemon = startDaemon(orderOf(places, more))
  try {
    return await until('the server listens', beginMs, async () => {
      const said = logOf(places).slice(before)
      const url = /^listening on (http\S+)$/m.exec(said)?.[1]
      if (url === undefined && !daemon.isAlive()) throw new LabError(`the server ended: ${lastLine(said)}`)
      return url
    })
  } finally {
    daemon.release()
  }
}

/** Whoever started it may have run another Node than we do. */
function runningServer({ data }: Places): Daemon | undefined {
  const running = runningProcesses()
  const line = [...running.keys()].find((words) => words.includes(`\0--data\0${data}\0`))
  const [program = '', ...args] = line?.split('\0').slice(0, -1) ?? []
  return line === undefined ? undefined : adoptDaemon({ program, args }, running)
}

const endMs = 60_000

/** Ends it, and with it all that it carried packets with; one that was killed is started again for that. */
export async function stopServer(places: Places): Promise<void> {
  if (!existsSync(places.data)) return
  if (runningServer(places) === undefined) await startServer(places)
  const daemon = runningServer(places)
  if (daemon === undefined) return
  process.kill(daemon.pid, 'SIGTERM')
  await until('the server ends', endMs, async () => !daemon.isAlive() || undefined)
  daemon.release()
}

function logOf({ serverLog }: Places): string {
  return existsSync(serverLog) ? readFileSync(serverLog, 'utf8') : ''
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'it said nothing'
}

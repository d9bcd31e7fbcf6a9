import { existsSync, readdirSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { run } from '../command.ts'
import {
  adoptDaemon,
  type Daemon,
  type DaemonOrder,
  type RunningProcesses,
  runningProcesses,
  stopAll,
} from '../daemons.ts'

export interface RouterPlace {
  readonly namespace: string
  /** Its own; the user `frr` must be able to reach it. It outlives us, not the machine. */
  readonly directory: string
}

/** A daemon of FRR, and the folder that has its configuration, its socket and what it says. */
export interface Process {
  readonly program: (typeof programs)[number]
  readonly folder: string
  readonly order: DaemonOrder
}

const programs = ['zebra', 'bfdd', 'bgpd'] as const

function pathOf(program: Process['program']): string {
  return `/usr/lib/frr/${program}`
}

/** All that run with a directory: zebra first, on which the others depend, then those of the bgpds beside it. */
export function processesOf(place: RouterPlace): readonly Process[] {
  return [
    ...programs.map((program) => processOf(program, place, place.directory)),
    ...numbersBeside(place).map((number) => processBeside(place, number)),
  ]
}

/** Of the bgpds beside, which there are, by the tables that they fill: each has a folder of that name. */
export function numbersBeside({ directory }: RouterPlace): readonly number[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

/** A bgpd that nobody connects to, and that zebra tells apart by its number. */
export function processBeside(place: RouterPlace, number: number): Process {
  const folder = `${place.directory}/${number}`
  return processOf('bgpd', place, folder, ['-p', '0', '-I', String(number)])
}

/** Its sockets and files lie in its folder, so its command line is its own. */
function processOf(
  program: Process['program'],
  { namespace, directory }: RouterPlace,
  folder: string,
  more: readonly string[] = [],
): Process {
  const common = ['-A', '127.0.0.1', '-P', '0', '-z', `${directory}/zserv.api`, '--vty_socket', folder]
  const own = {
    // What it has told the kernel stays when it ends, and as long as this when it begins again without it, seconds.
    zebra: ['--retain', '--graceful_restart', '30'],
    bfdd: ['--bfdctl', `${directory}/bfdd.sock`],
    bgpd: more,
  }
  const files = ['-i', `${folder}/${program}.pid`, '-f', `${folder}/${program}.conf`]
  const order: DaemonOrder = {
    program: pathOf(program),
    args: [...common, ...files, ...own[program]],
    namespace,
    log: `${folder}/${program}.log`,
  }
  return { program, folder, order }
}

/** Those that run, by their logs. */
export function adopted(place: RouterPlace, running: RunningProcesses): ReadonlyMap<string, Daemon> {
  return new Map(
    processesOf(place).flatMap(({ order }) => {
      const daemon = adoptDaemon(order, running)
      return daemon?.isAlive() === true ? [[order.log, daemon] as const] : []
    }),
  )
}

/** Stops them, whoever started them, also with other words than ours. */
export async function stopProcesses({ directory }: RouterPlace): Promise<void> {
  const running = runningProcesses()
  await Promise.all(programs.map((program) => stopAll(pathOf(program), `${directory}/`, running)))
}

/** Empties the tables of the bgpds beside: zebra, when it begins, looks for what an earlier one left in the main one only. */
export async function forgetTables(place: RouterPlace): Promise<void> {
  for (const number of numbersBeside(place)) await inTable(place, number, 'flush')
}

/** Leaves nothing of a bgpd beside that does not run. */
export async function forgetBeside(place: RouterPlace, number: number): Promise<void> {
  await inTable(place, number, 'flush')
  rmSync(processBeside(place, number).folder, { recursive: true })
}

/** Returns when zebra has taken everything out of the table of a bgpd beside, or soon after. */
export async function emptied(place: RouterPlace, number: number): Promise<void> {
  const end = performance.now() + 2_000
  while ((await inTable(place, number, 'show')) !== '' && performance.now() < end) await delay(10)
}

/** Whether zebra has put networks into the table of a bgpd beside. */
export async function holds(place: RouterPlace, number: number, networks: readonly string[]): Promise<boolean> {
  const lines = (await inTable(place, number, 'show')).split('\n')
  const present = new Set(lines.map((line) => line.split(' ', 1)[0]))
  return networks.every((cidr) => present.has(spelt(cidr)))
}

/** A network as `ip` names it. */
function spelt(cidr: string): string {
  return /^(0\.0\.0\.0|::)\/0$/.test(cidr) ? 'default' : cidr.replace(/^([^:]+)\/32$|^(.+)\/128$/, '$1$2')
}

/** A table that has never had a route is an error to `ip`. */
async function inTable({ namespace }: RouterPlace, number: number, what: 'show' | 'flush'): Promise<string> {
  const rest = ['-n', namespace, 'route', what, 'table', String(number), 'proto', 'bgp']
  const both = await Promise.all(['-4', '-6'].map((family) => run('ip', [family, ...rest]).catch(() => '')))
  return both.join('')
}

/** What an earlier one left, whose presence would say that this one has begun. */
export function forgetEarlier({ program, folder }: Process): void {
  for (const name of [`${program}.vty`, `${program}.pid`]) rmSync(`${folder}/${name}`, { force: true })
}

export async function appears(path: string): Promise<void> {
  const end = performance.now() + 5_000
  while (!existsSync(path)) {
    if (performance.now() > end) throw new Error(`FRR did not begin: there is no ${path}`)
    await delay(5)
  }
}

import {
  chownSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { run } from '../command.ts'
import {
  adoptDaemon,
  type Daemon,
  type DaemonOrder,
  type RunningProcesses,
  runningProcesses,
  startDaemon,
} from '../daemons.ts'
import { difference } from './difference.ts'
import { openVty, type Vty, VtyRefused } from './vty.ts'

/** FRR in a namespace: zebra, which tells the kernel, bgpd and bfdd. */
export interface Router {
  /** Brings bgpd to a configuration by saying what is different. Returns whether anything was. */
  configure(bgp: string): Promise<boolean>
  /** What bgpd answers. */
  ask(command: string): Promise<string>
  /** Is called when it has said something, which it does when a session changes, or was started again. */
  onChange(listener: () => void): void
  /** Forgets about it: it runs on. */
  release(): Promise<void>
}

export interface RouterPlace {
  readonly namespace: string
  /** Its own; the user `frr` must be able to reach it. It outlives us, not the machine. */
  readonly directory: string
}

export interface RouterOrder extends RouterPlace {
  /** With which it begins if it does not run. */
  readonly bgp: string
  readonly bfd: string
  readonly running: RunningProcesses
  readonly warn: (facts: object, message: string) => void
}

const programs = ['zebra', 'bfdd', 'bgpd'] as const
type Program = (typeof programs)[number]

/** So soon it is tried again to start what does not start, real milliseconds. */
const retryMs = 1_000

/** What a daemon says is kept up to so many bytes. */
const longestLog = 1 << 20

/**
 * From next hops that are objects of the kernel's, grouped, the kernel takes out what loses its carrier, and zebra does not
 * put it back when it uses the group again; so each route has its own.
 */
const zebraConfiguration = `log stdout informational
no zebra nexthop kernel enable
`

/** Takes over what runs with that directory, or starts it. */
export async function openRouter(order: RouterOrder): Promise<Router> {
  const { directory, namespace, warn } = order
  const state = {
    /** None: they are being started. */
    daemons: [] as readonly Daemon[],
    vty: undefined as Vty | undefined,
    listeners: [] as (() => void)[],
    over: false,
    /** What bgpd is told and asked, one after the other. */
    work: Promise.resolve() as Promise<unknown>,
    revival: Promise.resolve(),
  }
  await run('install', ['-d', '-o', 'frr', '-g', 'frr', '-m', '0700', directory])
  const file = (name: string) => `${directory}/${name}`
  const tell = (): void => {
    for (const listener of state.listeners) listener()
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = state.work.then(work)
    state.work = done.catch(() => {})
    return done
  }

  async function start(): Promise<void> {
    await stopDaemons(order)
    settle()
    for (const name of ['zserv.api', ...programs.flatMap((program) => [`${program}.vty`, `${program}.pid`])])
      rmSync(file(name), { force: true })
    const zebra = startDaemon(orderOf('zebra', order))
    // The others ask for it once, and again only seconds later.
    await appears(file('zserv.api'))
    const daemons = [zebra, startDaemon(orderOf('bfdd', order)), startDaemon(orderOf('bgpd', order))]
    await appears(file('bgpd.vty'))
    watchOver(daemons)
  }

  function watchOver(daemons: readonly Daemon[]): void {
    if (!daemons.every((daemon) => daemon.isAlive())) throw new Error('a routing daemon ended as soon as it began')
    state.daemons = daemons
    for (const daemon of daemons) daemon.onEnd(() => died(daemons))
  }

  /** They keep too much of each other in mind for one to be replaced. That earlier ones end is no news. */
  function died(daemons: readonly Daemon[]): void {
    if (state.over || state.daemons !== daemons) return
    state.daemons = []
    hangUp()
    warn({ namespace, directory }, 'a routing daemon died; its router is started again')
    state.revival = revive()
  }

  async function revive(): Promise<void> {
    while (!state.over) {
      try {
        await start()
        tell()
        return
      } catch (error) {
        warn({ err: error, namespace, directory }, 'the router could not be started again; it is tried again')
        await delay(retryMs)
      }
    }
  }

  const hangUp = (): void => {
    state.vty?.close()
    state.vty = undefined
  }
  const ask = async (command: string): Promise<string> => {
    if (state.daemons.length === 0) throw new Error('the router is being started again')
    state.vty ??= await openVty(file('bgpd.vty'))
    try {
      return await state.vty.ask(command)
    } catch (error) {
      if (!(error instanceof VtyRefused)) hangUp()
      throw error
    }
  }

  /** What was meant is what it begins with when it is started anew. */
  function settle(): void {
    if (existsSync(file('bgpd.next'))) renameSync(file('bgpd.next'), file('bgpd.conf'))
  }

  async function configure(bgp: string): Promise<boolean> {
    // Of what was going on when an earlier run ended we know neither end.
    const from = ['bgpd.conf', 'bgpd.next'].filter((name) => existsSync(file(name))).map((name) => textOf(file(name)))
    const lines = from.flatMap((text) => difference(text, bgp))
    if (lines.length === 0) {
      settle()
      return false
    }
    write(file('bgpd.next'), bgp)
    await ask('configure terminal')
    try {
      for (const line of lines) await carryOut(line)
    } finally {
      await ask('end')
    }
    settle()
    return true
  }

  async function carryOut(line: string): Promise<void> {
    try {
      await ask(line)
    } catch (error) {
      // What is not there need not be taken away. But it must be known how.
      if (!(error instanceof VtyRefused && line.startsWith('no ')) || /Unknown command/.test(error.message)) throw error
    }
  }

  function write(path: string, text: string): void {
    writeFileSync(path, text, { mode: 0o600 })
    const { uid, gid } = statSync(directory)
    chownSync(path, uid, gid)
  }

  const adopted = adoptedDaemons(order, order.running)
  if (existsSync(file('bgpd.conf')) && adopted.length === programs.length) watchOver(adopted)
  else {
    write(file('zebra.conf'), zebraConfiguration)
    write(file('bfdd.conf'), order.bfd)
    write(file('bgpd.conf'), order.bgp)
    rmSync(file('bgpd.next'), { force: true })
    await start()
  }
  const watcher = watch(file('bgpd.log'), () => {
    if ((statSync(file('bgpd.log'), { throwIfNoEntry: false })?.size ?? 0) > longestLog) truncateSync(file('bgpd.log'))
    tell()
  })

  return {
    configure: (bgp) => inTurn(() => configure(bgp)),
    ask: (command) => inTurn(() => ask(command)),
    onChange: (listener) => void state.listeners.push(listener),
    async release() {
      state.over = true
      watcher.close()
      await Promise.all([state.work, state.revival])
      hangUp()
      for (const daemon of state.daemons) daemon.release()
    },
  }
}

/** Stops what runs with a directory, whoever started it; nothing is left of it. */
export async function endRouter(place: RouterPlace): Promise<void> {
  await stopDaemons(place)
  rmSync(place.directory, { recursive: true, force: true })
}

async function stopDaemons(place: RouterPlace): Promise<void> {
  await Promise.all(adoptedDaemons(place, runningProcesses()).map((daemon) => daemon.stop()))
}

/** Those that run with a directory. */
function adoptedDaemons(place: RouterPlace, running: RunningProcesses): readonly Daemon[] {
  return programs
    .flatMap((program) => adoptDaemon(orderOf(program, place), running) ?? [])
    .filter((daemon) => daemon.isAlive())
}

/** Their sockets and files lie in the directory, so their command lines are their own. */
function orderOf(
  program: Program,
  { namespace, directory }: Pick<RouterOrder, 'namespace' | 'directory'>,
): DaemonOrder {
  const common = ['-A', '127.0.0.1', '-P', '0', '-z', `${directory}/zserv.api`, '--vty_socket', directory]
  const own = program === 'bfdd' ? ['--bfdctl', `${directory}/bfdd.sock`] : []
  return {
    program: `/usr/lib/frr/${program}`,
    args: [...common, '-i', `${directory}/${program}.pid`, '-f', `${directory}/${program}.conf`, ...own],
    namespace,
    log: `${directory}/${program}.log`,
  }
}

async function appears(path: string): Promise<void> {
  const end = performance.now() + 5_000
  while (!existsSync(path)) {
    if (performance.now() > end) throw new Error(`FRR did not begin: there is no ${path}`)
    await delay(5)
  }
}

function textOf(path: string): string {
  return readFileSync(path, 'utf8')
}

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
import { adoptDaemon, type Daemon, type RunningProcesses, startDaemon } from '../daemons.ts'
import { heardOf, withdrawAll } from './beside.ts'
import { difference, together } from './difference.ts'
import {
  adopted,
  appears,
  emptied,
  forgetBeside,
  forgetEarlier,
  forgetTables,
  holds,
  numbersBeside,
  type Process,
  processBeside,
  processesOf,
  type RouterPlace,
  stopProcesses,
} from './processes.ts'
import { openVty, type Vty, VtyRefused } from './vty.ts'

/** FRR in a namespace: zebra, which tells the kernel, bgpd and bfdd. */
export interface Router {
  /** Brings bgpd to a configuration by saying what is different. Returns whether anything was. */
  configure(bgp: string): Promise<boolean>
  /** Says lines to bgpd that it was told already, each with the contexts in which it stands. */
  repeat(lines: readonly string[]): Promise<void>
  /**
   * Lets further bgpds run beside it, with zebra in common, by the numbers of the kernel's tables that they fill: each has one
   * configuration as long as it runs. Returns when the tables of those that are new have all that their neighbors have to say.
   */
  keepBeside(configurations: ReadonlyMap<number, string>): Promise<void>
  /** What bgpd answers. */
  ask(command: string): Promise<string>
  /** Is called when it has said something, which it does when a session changes, or was started again. */
  onChange(listener: () => void): void
  /** Forgets about it: it runs on. */
  release(): Promise<void>
}

export interface RouterOrder extends RouterPlace {
  /** With which it begins if it does not run. */
  readonly bgp: string
  readonly bfd: string
  readonly running: RunningProcesses
  readonly warn: (facts: object, message: string) => void
}

/** So soon it is tried again to start what does not start, real milliseconds. */
const retryMs = 1_000

/** A bgpd that has not heard everything after so long has nobody who tells it, real milliseconds. */
const hearingMs = 5_000

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
    /** By their logs. None: they are being started. */
    daemons: new Map<string, Daemon>(),
    vty: undefined as Vty | undefined,
    listeners: [] as (() => void)[],
    over: false,
    /** What bgpd is told and asked, one after the other. */
    work: Promise.resolve() as Promise<unknown>,
    revival: Promise.resolve(),
  }
  await ownFolder(directory)
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
    await stopProcesses(order)
    await forgetTables(order)
    settle()
    rmSync(file('zserv.api'), { force: true })
    const daemons = new Map<string, Daemon>()
    const begin = (each: Process): void => {
      forgetEarlier(each)
      daemons.set(each.order.log, startDaemon(each.order))
    }
    const [zebra, ...others] = processesOf(order)
    if (zebra !== undefined) begin(zebra)
    // The others ask for it once, and again only seconds later.
    await appears(file('zserv.api'))
    others.forEach(begin)
    await appears(file('bgpd.vty'))
    watchOver(daemons)
  }

  function watchOver(daemons: ReadonlyMap<string, Daemon>): void {
    for (const daemon of daemons.values())
      if (!daemon.isAlive()) throw new Error('a routing daemon ended as soon as it began')
    state.daemons = new Map([...state.daemons, ...daemons])
    for (const [log, daemon] of daemons) daemon.onEnd(() => died(log, daemon))
  }

  /** They keep too much of each other in mind for one to be replaced. That earlier ones end is no news. */
  function died(log: string, daemon: Daemon): void {
    if (state.over || state.daemons.get(log) !== daemon) return
    state.daemons = new Map()
    hangUp()
    warn({ namespace, directory }, 'a routing daemon died; its router is started again')
    state.revival = revive()
  }

  async function revive(): Promise<void> {
    while (!state.over) {
      try {
        await inTurn(start)
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
  const checkRunning = (): void => {
    if (state.daemons.size === 0) throw new Error('the router is being started again')
  }
  const ask = async (...commands: readonly string[]): Promise<string> => {
    checkRunning()
    state.vty ??= await openVty(file('bgpd.vty'))
    try {
      return await state.vty.ask(...commands)
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
    await say(lines)
    settle()
    return true
  }

  async function say(lines: readonly string[]): Promise<void> {
    await ask('configure terminal')
    try {
      for (const some of together(lines)) await carryOut(some)
    } finally {
      await ask('end')
    }
  }

  async function carryOut(lines: readonly string[]): Promise<void> {
    try {
      await ask(...lines)
    } catch (error) {
      // What is not there need not be taken away. But it must be known how.
      if (!(error instanceof VtyRefused && lines[0]?.startsWith('no ')) || /Unknown command/.test(error.message))
        throw error
    }
  }

  async function keepBeside(configurations: ReadonlyMap<number, string>): Promise<void> {
    checkRunning()
    for (const number of numbersBeside(order)) {
      const { folder, order: beside } = processBeside(order, number)
      const daemon = state.daemons.get(beside.log)
      if (daemon !== undefined && textOf(`${folder}/bgpd.conf`) === configurations.get(number)) continue
      state.daemons.delete(beside.log)
      // What it would say as it ends, zebra may not hear any more.
      await withdrawAll(folder).catch(() => {})
      await emptied(order, number)
      await (daemon ?? adoptDaemon(beside))?.stop()
      rmSync(folder, { recursive: true })
    }
    const present = numbersBeside(order)
    const missing = [...configurations].filter(([number]) => !present.includes(number))
    await Promise.all(missing.map(([number, text]) => beginBeside(number, text)))
  }

  async function beginBeside(number: number, text: string): Promise<void> {
    const { folder, order: beside } = processBeside(order, number)
    await ownFolder(folder)
    write(`${folder}/bgpd.conf`, text)
    const daemon = startDaemon(beside)
    await appears(`${folder}/bgpd.vty`)
    checkRunning()
    watchOver(new Map([[beside.log, daemon]]))
    const until = performance.now() + hearingMs
    while (state.daemons.get(beside.log) === daemon && performance.now() < until && !(await hasFilled(folder, number)))
      await delay(20)
  }

  /** What it has heard of it tells zebra, and zebra the kernel: that takes as long as all before. */
  async function hasFilled(folder: string, number: number): Promise<boolean> {
    const networks = await heardOf(folder)
    return networks !== undefined && (await holds(order, number, networks))
  }

  function write(path: string, text: string): void {
    writeFileSync(path, text, { mode: 0o600 })
    const { uid, gid } = statSync(directory)
    chownSync(path, uid, gid)
  }

  const running = adopted(order, order.running)
  // One beside that does not run was not finished when an earlier run ended, or died since: it begins anew, and alone.
  for (const number of numbersBeside(order))
    if (!running.has(processBeside(order, number).order.log)) await forgetBeside(order, number)
  if (existsSync(file('bgpd.conf')) && running.size === processesOf(order).length) watchOver(running)
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
    repeat: (lines) => inTurn(() => say(lines)),
    keepBeside: (configurations) => inTurn(() => keepBeside(configurations)),
    ask: (command) => inTurn(() => ask(command)),
    onChange: (listener) => void state.listeners.push(listener),
    async release() {
      state.over = true
      watcher.close()
      await Promise.all([state.work, state.revival])
      hangUp()
      for (const daemon of state.daemons.values()) daemon.release()
    },
  }
}

/** Stops what runs with a directory, whoever started it; nothing is left of it. */
export async function endRouter(place: RouterPlace): Promise<void> {
  await stopProcesses(place)
  rmSync(place.directory, { recursive: true, force: true })
}

async function ownFolder(path: string): Promise<void> {
  await run('install', ['-d', '-o', 'frr', '-g', 'frr', '-m', '0700', path])
}

function textOf(path: string): string {
  return readFileSync(path, 'utf8')
}

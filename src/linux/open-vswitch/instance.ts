import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../command.ts'
import {
  adoptDaemon,
  type Daemon,
  type DaemonOrder,
  goesFirst,
  type RunningProcesses,
  startDaemon,
  stopAll,
} from '../daemons.ts'
import { type Database, openDatabase } from './database.ts'

export interface VswitchOrder {
  /** Its database, sockets and logs; made if it is missing. */
  readonly directory: string
  /** Where its interfaces are. */
  readonly namespace: string
  /** What runs already. */
  readonly running: RunningProcesses
  readonly warn: (facts: object, message: string) => void
}

/** An Open vSwitch of our own, with the datapath in user space. Whatever part of it dies is started again at once. */
export interface Vswitch {
  readonly database: Database
  /** When we last started what switches, by `performance.now()`; minus infinity: it was an earlier run. */
  switchBegunAt(): number
  /** The process that switches. */
  switchPid(): number
  end(how: 'keep' | 'remove'): Promise<void>
}

const schema = '/usr/share/openvswitch/vswitch.ovsschema'

export async function openVswitch(order: VswitchOrder): Promise<Vswitch> {
  const { directory, warn } = order
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, 'conf.db')
  const [serverOrder, switchOrder] = ordersOf(order)
  const [foundServer, foundSwitch] = [serverOrder, switchOrder].map((each) => adoptDaemon(each, order.running))
  if (foundServer === undefined) await stopAll(serverOrder.program, `${directory}/`, order.running)
  if (foundSwitch === undefined) await stopAll(switchOrder.program, `${directory}/`, order.running)
  // What a database says of interfaces is of no use when nothing of it runs any more.
  if (foundServer === undefined && foundSwitch === undefined) rmSync(file, { force: true })
  if (!existsSync(file)) await run('ovsdb-tool', ['create', file, schema])
  const server = keepAlive(serverOrder, foundServer, warn)
  const database = await openDatabase(join(directory, 'db.sock'))
  const switching = keepAlive(switchOrder, foundSwitch, warn, ({ pid }) => {
    // It carries every packet, and hears of cables: what waits for it is sent where there is no light any more.
    goesFirst(pid).catch((error: unknown) =>
      warn({ err: error, pid }, 'a switch has to wait for its turn as all else does'),
    )
  })
  if (database.rows('Open_vSwitch').size === 0)
    await database.transact([{ op: 'insert', table: 'Open_vSwitch', row: {} }])
  return {
    database,
    switchBegunAt: switching.begunAt,
    switchPid: switching.pid,
    async end(how) {
      database.close()
      if (how === 'remove') {
        await switching.stop()
        await server.stop()
      } else {
        switching.release()
        server.release()
      }
    },
  }
}

/** Stops what runs of the Open vSwitch of a directory, in whichever namespace. */
export async function endVswitch(directory: string): Promise<void> {
  for (const { program } of ordersOf({ directory, namespace: '' }).toReversed()) await stopAll(program, `${directory}/`)
}

/** The database's server, and what switches; the kernel's datapath is not looked for. */
function ordersOf(where: Pick<VswitchOrder, 'directory' | 'namespace'>): readonly [DaemonOrder, DaemonOrder] {
  const socket = join(where.directory, 'db.sock')
  return [
    orderOf(where, 'ovsdb-server', [join(where.directory, 'conf.db'), `--remote=punix:${socket}`]),
    orderOf(where, 'ovs-vswitchd', [
      `unix:${socket}`,
      '--disable-system',
      '--disable-system-route',
      // Frames that belong to no VLAN are nothing to write home about.
      '-vofproto_dpif_xlate:console:err',
    ]),
  ]
}

function orderOf(
  { directory, namespace }: Pick<VswitchOrder, 'directory' | 'namespace'>,
  name: string,
  args: readonly string[],
): DaemonOrder {
  const where = { OVS_RUNDIR: directory, OVS_LOGDIR: directory, OVS_DBDIR: directory, OVS_SYSCONFDIR: directory }
  return {
    program: `/usr/sbin/${name}`,
    args: ['-vconsole:warn', ...args, `--unixctl=${join(directory, `${name}.ctl`)}`],
    namespace,
    log: join(directory, `${name}.log`),
    environment: where,
  }
}

/** Who dies sooner than this after its start is left dead for as long, real milliseconds. */
const restMs = 1_000

function keepAlive(
  order: DaemonOrder,
  found: Daemon | undefined,
  warn: VswitchOrder['warn'],
  begun: (daemon: Daemon) => void = () => {},
): Pick<Daemon, 'stop' | 'release'> & { readonly begunAt: () => number; readonly pid: () => number } {
  const state = { begunAt: Number.NEGATIVE_INFINITY, over: false }
  let current = begin(found)

  function begin(running?: Daemon): Daemon {
    const daemon = running ?? startDaemon(order)
    begun(daemon)
    const begunAt = performance.now()
    if (running === undefined) state.begunAt = begunAt
    daemon.onEnd(() => {
      warn(
        { program: order.program, pid: daemon.pid, namespace: order.namespace },
        'a daemon died; it is started again',
      )
      const lived = performance.now() - begunAt
      if (lived > restMs) restart()
      else setTimeout(restart, restMs - lived).unref()
    })
    return daemon
  }
  function restart(): void {
    if (!state.over) current = begin()
  }
  return {
    begunAt: () => state.begunAt,
    pid: () => current.pid,
    stop() {
      state.over = true
      return current.stop()
    },
    release() {
      state.over = true
      current.release()
    },
  }
}

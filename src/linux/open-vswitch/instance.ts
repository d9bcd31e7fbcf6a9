import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../command.ts'
import { adoptDaemon, type Daemon, type DaemonOrder, type RunningProcesses, startDaemon } from '../daemons.ts'
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
  end(how: 'keep' | 'remove'): Promise<void>
}

const schema = '/usr/share/openvswitch/vswitch.ovsschema'

export async function openVswitch(order: VswitchOrder): Promise<Vswitch> {
  const { directory, warn } = order
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, 'conf.db')
  if (!existsSync(file)) await run('ovsdb-tool', ['create', file, schema])
  const socket = join(directory, 'db.sock')
  const server = keepAlive(orderOf(order, 'ovsdb-server', [file, `--remote=punix:${socket}`]), order.running, warn)
  const database = await openDatabase(socket)
  // The kernel's datapath is not looked for.
  const switching = keepAlive(
    orderOf(order, 'ovs-vswitchd', [`unix:${socket}`, '--disable-system', '--disable-system-route']),
    order.running,
    warn,
  )
  if (database.rows('Open_vSwitch').size === 0)
    await database.transact([{ op: 'insert', table: 'Open_vSwitch', row: {} }])
  return {
    database,
    switchBegunAt: switching.begunAt,
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

function orderOf({ directory, namespace }: VswitchOrder, name: string, args: readonly string[]): DaemonOrder {
  const where = { OVS_RUNDIR: directory, OVS_LOGDIR: directory, OVS_DBDIR: directory, OVS_SYSCONFDIR: directory }
  return {
    program: `/usr/sbin/${name}`,
    args: [...args, `--unixctl=${join(directory, `${name}.ctl`)}`, '-vconsole:warn'],
    namespace,
    log: join(directory, `${name}.log`),
    environment: where,
  }
}

/** Who dies sooner than this after its start is left dead for as long, real milliseconds. */
const restMs = 1_000

function keepAlive(
  order: DaemonOrder,
  running: RunningProcesses,
  warn: VswitchOrder['warn'],
): Pick<Daemon, 'stop' | 'release'> & { readonly begunAt: () => number } {
  const state = { begunAt: Number.NEGATIVE_INFINITY, over: false }
  let current = begin(adoptDaemon(order, running))

  function begin(found?: Daemon): Daemon {
    const daemon = found ?? startDaemon(order)
    const begunAt = performance.now()
    if (found === undefined) state.begunAt = begunAt
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

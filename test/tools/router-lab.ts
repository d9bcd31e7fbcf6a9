// Hosts and routers that run FRR: each in a network namespace of its own, joined by pairs of virtual Ethernet.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until.ts'

const ip = '/sbin/ip'
const daemons = '/usr/lib/frr'

/** Where routers can run: FRR is there, and this process may make network namespaces. */
export const frr = canRun() ? daemons : undefined
/** What is missing where they cannot. */
export const needed = 'it takes the Debian packages, root, and a kernel that lets root make network namespaces'

function canRun(): boolean {
  if (!existsSync(daemons) || !existsSync(ip) || process.getuid?.() !== 0) return false
  try {
    execFileSync('/usr/bin/unshare', ['--net', 'true'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

/** A network namespace. */
export interface Host {
  /** A folder of its own, which the user of FRR may use too. */
  readonly home: string
  /** Runs a command on it; answers what it writes. */
  run(command: string, ...parameters: readonly string[]): string
  /** Runs a script of its shell. */
  shell(script: string): void
  /** Runs a program on it as long as the lab lasts. */
  start(program: string, ...parameters: readonly string[]): void
}

export interface Router extends Host {
  /** Enters a configuration, as one pastes it. Throws what FRR does not take. */
  configure(text: string): void
  /** What a `show … json` command answers. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers whose types they state themselves
  show(command: string): any
}

export interface Lab extends AsyncDisposable {
  host(name: string): Host
  /** A host with FRR. */
  router(name: string): Promise<Router>
  /** A cable between two interfaces, which it makes: `cable(['a', 'eth1.101'], ['b', 'eth0'])`. */
  cable(...ends: readonly [readonly [string, string], readonly [string, string]]): void
}

let labs = 0

export function startLab(): Lab {
  labs += 1
  const prefix = `xc${process.pid}-${labs}-`
  const owner = statSync('/etc/frr')
  const folder = mkdtempSync(join(tmpdir(), 'crossconnect-frr-'))
  const names: string[] = []
  const children: ChildProcess[] = []
  chownSync(folder, owner.uid, owner.gid)

  const inside = (name: string, command: string, parameters: readonly string[]) =>
    execFileSync(ip, ['netns', 'exec', `${prefix}${name}`, command, ...parameters], { encoding: 'utf8', stdio: 'pipe' })

  const host = (name: string): Host => {
    const home = join(folder, name)
    mkdirSync(home)
    chownSync(home, owner.uid, owner.gid)
    execFileSync(ip, ['netns', 'add', `${prefix}${name}`], { stdio: 'pipe' })
    names.push(name)
    inside(name, ip, ['link', 'set', 'dev', 'lo', 'up'])
    // Nobody else has these addresses: they need not wait until that is sure.
    inside(name, 'sysctl', ['-qw', 'net.ipv6.conf.all.accept_dad=0', 'net.ipv6.conf.default.accept_dad=0'])
    return {
      home,
      run: (command, ...parameters) => inside(name, command, parameters),
      shell: (script) => void inside(name, '/bin/sh', ['-ec', script]),
      start(program, ...parameters) {
        const all = ['netns', 'exec', `${prefix}${name}`, program, ...parameters]
        children.push(spawn(ip, all, { stdio: 'ignore' }))
      },
    }
  }
  return {
    host,
    async router(name) {
      const machine = host(name)
      const { home } = machine
      writeFileSync(join(home, 'empty.conf'), '')
      for (const daemon of ['zebra', 'staticd', 'bfdd', 'bgpd']) {
        const sockets = ['-z', `${home}/zserv.api`, '--vty_socket', home, '-i', `${home}/${daemon}.pid`]
        const doors = ['-A', '127.0.0.1', '-P', '0', ...(daemon === 'bfdd' ? ['--bfdctl', `${home}/bfdd.sock`] : [])]
        machine.start(`${daemons}/${daemon}`, '-f', `${home}/empty.conf`, ...sockets, ...doors)
        await until(() => existsSync(`${home}/${daemon}.vty`), 30_000)
      }
      const vtysh = (...parameters: readonly string[]) =>
        execFileSync('/usr/bin/vtysh', ['--vty_socket', home, ...parameters], { encoding: 'utf8', stdio: 'pipe' })
      return {
        ...machine,
        configure(text) {
          const file = join(home, 'pasted.conf')
          writeFileSync(file, text)
          vtysh('-f', file)
        },
        show: (command) => JSON.parse(vtysh('-c', `show ${command} json`)),
      }
    },
    cable([one, here], [other, there]) {
      const end = (name: string, device: string) => ['name', device, 'netns', `${prefix}${name}`]
      execFileSync(ip, ['link', 'add', ...end(one, here), 'type', 'veth', 'peer', ...end(other, there)], {
        stdio: 'pipe',
      })
      inside(one, ip, ['link', 'set', 'dev', here, 'up'])
      inside(other, ip, ['link', 'set', 'dev', there, 'up'])
    },
    async [Symbol.asyncDispose]() {
      const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      const gone = running.map((child) => new Promise((resolve) => child.once('exit', resolve)))
      for (const child of running) child.kill()
      await Promise.all(gone)
      for (const name of names) execFileSync(ip, ['netns', 'del', `${prefix}${name}`], { stdio: 'pipe' })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

// Hosts and routers that run FRR: each in a network namespace of its own, joined by pairs of virtual Ethernet.
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askRouter, enterConfiguration, startCustomerRouter } from '../../src/lab/customer-router.ts'
import { run } from '../../src/linux/command.ts'
import { startDaemon } from '../../src/linux/daemons.ts'
import { addPair } from '../../src/linux/links.ts'
import { ensureNamespace } from '../../src/linux/namespaces.ts'
import { vtysh } from './clients.ts'
import { linuxTools, ownNamespaces } from './linux.ts'

/** Where routers can run: FRR is there, and this process may make network namespaces. */
export const frr = linuxTools.skip === false ? vtysh : undefined
/** What is missing where they cannot. */
export const needed = 'it takes the Debian packages, root, and a kernel that lets root make network namespaces'

/** A network namespace. */
export interface Host {
  /** A folder of its own, which the user of FRR may use too. */
  readonly home: string
  /** Runs a command on it; answers what it writes. */
  run(command: string, ...parameters: readonly string[]): Promise<string>
  /** Runs a script of its shell. */
  shell(script: string): Promise<void>
  /** Runs a program on it as long as the lab lasts. */
  start(program: string, ...parameters: readonly string[]): void
}

export interface Router extends Host {
  /** Enters a configuration, as one pastes it. Throws what FRR does not take. */
  configure(text: string): Promise<void>
  /** What a `show … json` command answers. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers whose types they state themselves
  show(command: string): Promise<any>
}

export interface Lab extends AsyncDisposable {
  host(name: string): Promise<Host>
  /** A host with FRR. */
  router(name: string): Promise<Router>
  /** A cable between two interfaces, which it makes: `cable(['a', 'eth1.101'], ['b', 'eth0'])`. */
  cable(...ends: readonly [readonly [string, string], readonly [string, string]]): Promise<void>
}

export function startLab(): Lab {
  const namespaces = ownNamespaces()
  const folder = mkdtempSync(join(tmpdir(), 'crossconnect-frr-'))
  const own = (path: string): void => {
    const { uid, gid } = statSync('/etc/frr')
    chownSync(path, uid, gid)
  }
  own(folder)

  async function host(name: string): Promise<Host> {
    const [namespace, home] = [namespaces.of(name), join(folder, name)]
    mkdirSync(home)
    own(home)
    await ensureNamespace(namespace)
    return {
      home,
      run: (command, ...parameters) => run(command, parameters, { namespace }),
      shell: async (script) => void (await run('/bin/sh', ['-e'], { namespace, input: script })),
      start: (program, ...args) => startDaemon({ program, args, namespace, log: join(home, 'started.log') }).release(),
    }
  }
  return {
    host,
    async router(name) {
      const machine = await host(name)
      const { home } = machine
      await startCustomerRouter(namespaces.of(name), home, [])
      return {
        ...machine,
        configure: (text) => enterConfiguration(home, 'pasted.conf', text),
        show: async (command) => JSON.parse(await askRouter(home, `show ${command} json`)),
      }
    },
    async cable(...ends) {
      const [a, b] = ends.map(([name, device]) => ({
        namespace: namespaces.of(name),
        name: device,
        mtu: 1500,
        up: true,
      }))
      if (a !== undefined && b !== undefined) await addPair(a, b)
    },
    async [Symbol.asyncDispose]() {
      await namespaces[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

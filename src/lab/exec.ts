import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { environmentOf } from '../linux/command.ts'
import { routerDirectory } from './customer-router.ts'
import { hostNamed } from './hosts.ts'
import { LabError } from './lab-error.ts'
import type { LabState, Places } from './state.ts'

/** Runs a program on a host, with our own input and output; answers its exit code. */
export async function exec(places: Places, state: LabState, name: string, words: readonly string[]): Promise<number> {
  const [program = 'bash', ...args] = words
  const { namespace } = hostNamed(state, name)
  const site = state.sites.find(({ router }) => router.name === name)
  // FRR's shell has to know which of the routers of this machine is meant.
  const socket =
    program === 'vtysh' && site !== undefined ? ['--vty_socket', routerDirectory(places.run, site.name)] : []
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const child = spawn('ip', ['netns', 'exec', namespace, program, ...socket, ...args], {
    stdio: 'inherit',
    env: environmentOf(),
  })
  child.on('error', (error) => reject(new LabError(`ip netns exec: ${error.message}`)))
  child.on('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  // A key that interrupts is meant for the program, which gets it too.
  const ignore = (): void => {}
  process.on('SIGINT', ignore)
  try {
    return await promise
  } finally {
    process.off('SIGINT', ignore)
  }
}

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../linux/command.ts'
import { startDaemon } from '../linux/daemons.ts'
import { LabError } from './lab-error.ts'
import { until } from './until.ts'

/** Where a customer's FRR has its sockets: what `vtysh --vty_socket` wants to know. */
export function routerDirectory(runDirectory: string, site: string): string {
  return join(runDirectory, `${site}-router`)
}

/** In the order in which they are started: the others ask for zebra once, and again only seconds later. */
const programs = ['zebra', 'staticd', 'bfdd', 'bgpd'] as const

/** FRR in a namespace, as a customer has it: with nothing but the configurations, entered one after the other. */
export async function startCustomerRouter(
  namespace: string,
  directory: string,
  configurations: readonly string[],
): Promise<void> {
  await run('install', ['-d', '-o', 'frr', '-g', 'frr', '-m', '0700', directory])
  const file = (name: string) => join(directory, name)
  for (const program of programs) {
    await run('install', ['-o', 'frr', '-g', 'frr', '-m', '0600', '/dev/null', file(`${program}.conf`)])
    const own = program === 'bfdd' ? ['--bfdctl', file('bfdd.sock')] : []
    startDaemon({
      program: `/usr/lib/frr/${program}`,
      args: [
        '-A',
        '127.0.0.1',
        '-P',
        '0',
        '-z',
        file('zserv.api'),
        '--vty_socket',
        directory,
        '-i',
        file(`${program}.pid`),
        '-f',
        file(`${program}.conf`),
        ...own,
      ],
      namespace,
      log: file(`${program}.log`),
    }).release()
    const begun = program === 'zebra' ? ['zserv.api', 'zebra.vty'] : [`${program}.vty`]
    await until(`${program} begins in ${namespace}`, 10_000, async () => begun.map(file).every(existsSync) || undefined)
  }
  for (const [index, text] of configurations.entries())
    await enterConfiguration(directory, `entered-${index + 1}.conf`, text)
}

/** Enters a configuration in a router that runs, as whoever was given it would. It is kept in a file of that name. */
export async function enterConfiguration(directory: string, name: string, text: string): Promise<void> {
  const path = join(directory, name)
  writeFileSync(path, text, { mode: 0o600 })
  const said = await run('vtysh', ['--vty_socket', directory, '-f', path])
  if (/^(% |line \d+: %)/m.test(said)) throw new LabError(`FRR does not take the router configuration: ${said.trim()}`)
}

/** What FRR answers to a command of its shell. */
export function askRouter(directory: string, command: string): Promise<string> {
  return run('vtysh', ['--vty_socket', directory, '-c', command])
}

// Customers' sites of the linux fabric: cables whose one end is an interface of the host that a port is, and at the other
// end a switch of the same make as ours with a host on each VLAN.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { namesFor } from '../../src/fabric/linux/names.ts'
import type { PartOptions } from '../../src/fabric/linux/parts.ts'
import { whatIsMissing } from '../../src/fabric/linux/probe.ts'
import { inNamespace, run } from '../../src/linux/command.ts'
import { runningProcesses, stopAll } from '../../src/linux/daemons.ts'
import { addPair, deleteLink, ipBatch, readLinks } from '../../src/linux/links.ts'
import { deleteNamespace, ensureNamespace, listNamespaces } from '../../src/linux/namespaces.ts'
import { applyBridges } from '../../src/linux/open-vswitch/bridges.ts'
import { openVswitch } from '../../src/linux/open-vswitch/instance.ts'
import { skipWithout } from './clients.ts'

/** `test('…', linuxFabric, …)`: needs all that the linux fabric does. */
export const linuxFabric = skipWithout(
  'what the linux fabric needs',
  whatIsMissing('/') === null ? 'it is there' : undefined,
)

/** A directory of a test's own and everything that is named after it; all goes when the test ends. */
export interface CableWorld extends AsyncDisposable {
  readonly directory: string
  /** Names of interfaces of the host that nobody else has. */
  readonly portNames: readonly [string, string, string]
  options(): PartOptions
  readonly warnings: readonly string[]
  /** A cable to a customer's site, with a host on each of some VLANs that has this address. */
  site(order: SiteOrder): Promise<Site>
}

export interface SiteOrder {
  readonly name: string
  /** The interfaces of the host at our ends of its cables. */
  readonly ports: readonly string[]
  readonly lacp: boolean
  /** Addresses with prefix length, by VLAN. */
  readonly vlans: Readonly<Record<number, string>>
}

export interface Site {
  /** How often LACP has lost each partner, or sight of it: what changes when members agree anew. */
  lacpEvents(): Promise<string>
  /** The namespace of the host on a VLAN. */
  hostOn(vlan: number): string
  /** Whether the customer's end of a cable has carrier. */
  hasLight(port: number): Promise<boolean>
  /** Switches the customer's end of a cable. */
  setCable(port: number, up: boolean): Promise<void>
}

export function cableWorld(): CableWorld {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-cables-'))
  const names = namesFor(directory)
  const unique = `xct${randomBytes(4).toString('hex')}`
  const warnings: string[] = []
  const options = (): PartOptions => ({
    names,
    directory: join(directory, 'd'),
    running: runningProcesses(),
    warn: (facts, message) => warnings.push(`${message} ${'err' in facts ? String(facts.err) : ''}`),
  })
  const portNames = [`${unique}a`, `${unique}b`, `${unique}c`] as const
  const ends: (() => Promise<void>)[] = []
  return {
    directory,
    portNames,
    options,
    warnings,
    async site(order) {
      const { site, end } = await openSite(order, `${names.prefix}site-`, join(directory, order.name), options())
      ends.push(end)
      return site
    },
    async [Symbol.asyncDispose]() {
      for (const end of ends) await end()
      for (const name of portNames) await deleteLink(null, name)
      // Also what a test that failed has left in a namespace without a name.
      for (const program of ['ovs-vswitchd', 'ovsdb-server']) await stopAll(`/usr/sbin/${program}`, `${directory}/`)
      for (const namespace of listNamespaces(names.prefix)) await deleteNamespace(namespace)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function openSite(
  { name, ports, lacp, vlans }: SiteOrder,
  prefix: string,
  directory: string,
  parts: PartOptions,
) {
  const namespace = `${prefix}${name}`
  await ensureNamespace(namespace)
  const near = (port: number) => `cable${port}`
  for (const [index, port] of ports.entries())
    await addPair(
      { namespace: null, name: port, mtu: 1500, up: false },
      { namespace, name: near(index), mtu: 9001, up: true },
    )
  const hostOn = (vlan: number) => `${namespace}-${vlan}`
  for (const [vlan, address] of Object.entries(vlans)) {
    await ensureNamespace(hostOn(Number(vlan)))
    await addPair(
      { namespace, name: `vlan${vlan}`, mtu: 9001, up: true },
      { namespace: hostOn(Number(vlan)), name: 'eth0', mtu: 9001, up: true, addresses: [address] },
    )
  }
  const vswitch = await openVswitch({ ...parts, directory, namespace })
  const links = await readLinks(namespace)
  const present = (each: string) => ({ name: each, index: links.get(each)?.index ?? 0 })
  await applyBridges(vswitch.database, [
    {
      name: 'site',
      lacp,
      uplink: ports.map((_, index) => present(near(index))),
      access: Object.keys(vlans).map((vlan) => ({ ...present(`vlan${vlan}`), vlan: Number(vlan) })),
    },
  ])
  const site: Site = {
    hostOn,
    hasLight: async (port) => (await readLinks(namespace)).get(near(port))?.carrier ?? false,
    async lacpEvents() {
      const text = await run('ovs-appctl', ['-t', join(directory, 'ovs-vswitchd.ctl'), 'lacp/show-stats'])
      return text.replaceAll(/^.*PDU.*\n/gm, '')
    },
    setCable: (port, up) => ipBatch(namespace, [`link set ${near(port)} ${up ? 'up' : 'down'}`]),
  }
  return { site, end: () => vswitch.end('remove') }
}

/** Whether an address answers, from a namespace. */
export async function answers(namespace: string, address: string, size = 56): Promise<boolean> {
  try {
    await run('ping', ['-c1', '-W1', '-M', 'do', '-s', String(size), address], { namespace })
    return true
  } catch {
    return false
  }
}

export interface Loss {
  readonly sent: number
  readonly lost: number
  /** Of packets that were lost one after the other. */
  readonly longestGapMs: number
}

export interface Packets {
  /** How many were answered so far. */
  answered(): number
  end(): Promise<Loss>
}

const intervalMs = 10

/** Sends packets to an address, one each 10 ms, until `end`, which says which of them got no answer. */
export function packets(namespace: string, address: string, from?: string): Packets {
  const [command, ...args] = inNamespace(namespace, 'ping', [
    '-n',
    '-O',
    '-D',
    '-i',
    String(intervalMs / 1000),
    ...(from === undefined ? [] : ['-I', from]),
    address,
  ])
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  child.on('close', () => resolve())
  const numbers = () => new Set([...printed.matchAll(/bytes from .* icmp_seq=(\d+)/g)].map(([, seq]) => Number(seq)))
  return {
    answered: () => numbers().size,
    async end() {
      child.kill('SIGINT')
      await closed
      const answered = numbers()
      const sent = Math.max(0, ...answered)
      let [gap, longest] = [0, 0]
      for (let seq = 1; seq <= sent; seq++) {
        gap = answered.has(seq) ? 0 : gap + 1
        longest = Math.max(longest, gap)
      }
      return { sent, lost: sent - answered.size, longestGapMs: longest * intervalMs }
    },
  }
}

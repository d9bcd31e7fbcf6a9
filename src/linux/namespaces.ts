import { existsSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { namespacePath, namespacesFolder, run } from './command.ts'

/** Names of the kernel's switches below /proc/sys/net with what they are set to, such as `{ 'ipv4/ip_forward': 1 }`. */
export type Switches = Readonly<Record<string, string | number>>

/** The named network namespaces of this machine that begin with a prefix. */
export function listNamespaces(prefix = ''): readonly string[] {
  if (!existsSync(namespacesFolder)) return []
  return readdirSync(namespacesFolder)
    .filter((name) => name.startsWith(prefix))
    .toSorted()
}

/** Nobody else can have an address here, so none has to be proven first. */
const always: Switches = { 'ipv6/conf/all/accept_dad': 0, 'ipv6/conf/default/accept_dad': 0 }

/** Of the file system in which namespaces are. */
const namespaceMagic = 0x6e_73_66_73

/** Whether there is a namespace of that name, and not the mere file in which one was before its machine or container ended. */
export function hasNamespace(name: string): boolean {
  const path = namespacePath(name)
  return existsSync(path) && statfsSync(path).type === namespaceMagic
}

/** Those that are being made, by their names: several may ask for one. */
const making = new Map<string, Promise<void>>()

/**
 * Makes a namespace with its loopback up and its switches set, unless it is there. It has no name before all that is so:
 * what has one is whole, whenever we are killed.
 */
export async function ensureNamespace(name: string, switches: Switches = {}): Promise<void> {
  const begun = making.get(name)
  if (begun !== undefined) return begun
  if (hasNamespace(name)) return
  const made = makeNamespace(name, switches).finally(() => making.delete(name))
  making.set(name, made)
  return made
}

async function makeNamespace(name: string, switches: Switches): Promise<void> {
  rmSync(namespacePath(name), { force: true })
  const lines = Object.entries({ ...always, ...switches }).map(
    ([path, value]) => `echo '${value}' > '/proc/sys/net/${path}'`,
  )
  const input = [...lines, 'ip link set lo up', `ip netns attach ${name} $$`, ''].join('\n')
  await run('unshare', ['--net', 'sh', '-e'], { input })
}

/**
 * Ends a namespace with all that runs in it and every interface that was made in it; what is not there is no error. An
 * interface that was moved into it and is no hardware goes with it, so it has to be moved out before.
 */
export async function deleteNamespace(name: string): Promise<void> {
  if (!hasNamespace(name)) return rmSync(namespacePath(name), { force: true })
  const pids = await run('ip', ['netns', 'pids', name])
  for (const pid of pids.split('\n').filter(Boolean)) kill(Number(pid))
  await run('ip', ['netns', 'delete', name])
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended meanwhile.
  }
}

/** Of a namespace in which a router runs: it forwards, on several paths at once, and keeps the IPv6 addresses of a link that is down. */
export const routerSwitches: Switches = {
  'ipv4/ip_forward': 1,
  'ipv6/conf/all/forwarding': 1,
  'ipv6/conf/all/keep_addr_on_down': 1,
  'ipv6/conf/default/keep_addr_on_down': 1,
  'ipv4/conf/all/rp_filter': 0,
  'ipv4/conf/default/rp_filter': 0,
  // What loses its carrier carries nothing more, before anybody says so.
  'ipv4/conf/all/ignore_routes_with_linkdown': 1,
  'ipv4/conf/default/ignore_routes_with_linkdown': 1,
  'ipv6/conf/all/ignore_routes_with_linkdown': 1,
  'ipv6/conf/default/ignore_routes_with_linkdown': 1,
  'ipv4/fib_multipath_hash_policy': 1,
  'ipv6/fib_multipath_hash_policy': 1,
  // What traceroute asks is answered, however often.
  'ipv4/icmp_ratelimit': 0,
}

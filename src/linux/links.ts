import { randomInt } from 'node:crypto'
import { run } from './command.ts'

/** An interface as the kernel shows it. */
export interface Link {
  readonly name: string
  /** No other interface of its namespace has it, also none that comes later. */
  readonly index: number
  /** Switched on. */
  readonly up: boolean
  /** Switched on, and somebody is at the other end. */
  readonly carrier: boolean
  /** In bytes, of IP packets. */
  readonly mtu: number
  /** With prefix length; link-local IPv6 ones too. */
  readonly addresses: readonly string[]
  /** What somebody has written on it; null: nothing. */
  readonly alias: string | null
  /** The bridge or bond that it belongs to; null: none. */
  readonly master: string | null
  /** The interface that it is a part of, as a VLAN is; null: it stands alone. */
  readonly parent: string | null
}

/** One end of a pair. `namespace: null` is the host. */
export interface PairEnd {
  readonly namespace: string | null
  readonly name: string
  readonly mtu: number
  readonly up: boolean
  /** With prefix length. */
  readonly addresses?: readonly string[]
  /** What is written on it, without spaces. */
  readonly alias?: string
  /**
   * A switch takes all that comes here, as a switch would say itself. Nothing of what it sends on is left for hardware, and
   * it looks at all its interfaces whenever it is told of one: so this end is told of as seldom as can be.
   */
  readonly atSwitch?: boolean
}

/**
 * Carries out lines of `ip`, such as `link set eth1 up`, in one go. Throws at the first that fails; with `force`, the
 * others are carried out all the same, and then it throws. `family` is for lines that do not say it.
 */
export async function ipBatch(
  namespace: string | null,
  lines: readonly string[],
  { force = false, family }: { readonly force?: boolean; readonly family?: 4 | 6 } = {},
): Promise<void> {
  if (lines.length === 0) return
  const where = namespace === null ? [] : ['-n', namespace]
  const options = [...(family === undefined ? [] : [`-${family}`]), ...(force ? ['-force'] : [])]
  await run('ip', [...where, ...options, '-batch', '-'], { input: `${lines.join('\n')}\n` })
}

/** Every interface of a namespace, by name. */
export async function readLinks(namespace: string | null): Promise<ReadonlyMap<string, Link>> {
  const text = await run('ip', [
    ...(namespace === null ? [] : ['-n', namespace]),
    '-json',
    '-details',
    'address',
    'show',
  ])
  const rows: readonly AddressRow[] = JSON.parse(text)
  return new Map(rows.map((row) => [row.ifname, linkOf(row)]))
}

/** As `ip -json address` shows it. */
interface AddressRow {
  readonly ifindex: number
  readonly ifname: string
  readonly flags: readonly string[]
  readonly mtu: number
  readonly ifalias?: string
  readonly master?: string
  readonly link?: string
  readonly linkinfo?: { readonly info_kind?: string }
  readonly addr_info: readonly { readonly local: string; readonly prefixlen: number }[]
}

function linkOf({ ifindex, ifname, flags, mtu, ifalias, master, link, linkinfo, addr_info }: AddressRow): Link {
  return {
    name: ifname,
    index: ifindex,
    up: flags.includes('UP'),
    carrier: flags.includes('LOWER_UP'),
    mtu,
    addresses: addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`),
    alias: ifalias ?? null,
    master: master ?? null,
    // The two ends of a pair name each other.
    parent: linkinfo?.info_kind === 'veth' ? null : (link ?? null),
  }
}

/**
 * Two interfaces that are the ends of one cable. What one sends, the other gets as it would come from a wire. Returns the
 * index of the first. An end at a switch comes last: what is written on it says that all else is as it should be.
 */
export async function addPair(a: PairEnd, b: PairEnd): Promise<number> {
  // Where the two ends have the same index, as they may in two namespaces, Linux takes its time, up to a second, to tell
  // that the carrier has gone.
  const index = 2 * randomInt(2 ** 20, 2 ** 29)
  const spelt = (end: PairEnd, own: number) => `name ${end.name} index ${own} mtu ${end.mtu}`
  const there = b.namespace ?? process.pid
  await ipBatch(a.namespace, [`link add ${spelt(a, index)} type veth peer ${spelt(b, index + 1)} netns ${there}`])
  await Promise.all((a.atSwitch === true ? [b] : [a, b]).map(finishEnd))
  if (a.atSwitch === true) await ipBatch(a.namespace, setLines(a))
  return index
}

async function finishEnd(end: PairEnd): Promise<void> {
  const { namespace, name, addresses = [] } = end
  await offloadsOff(namespace, name)
  await ipBatch(namespace, [...addresses.map((address) => addAddressLine(name, address)), ...setLines(end)])
}

/** All in one: it is told once to whoever watches. */
function setLines({ name, up, alias, atSwitch }: PairEnd): readonly string[] {
  const changes = [
    ...(alias === undefined ? [] : [`alias ${alias}`]),
    ...(atSwitch === true ? ['promisc on'] : []),
    ...(up ? ['up'] : []),
  ]
  return changes.length === 0 ? [] : [`link set dev ${name} ${changes.join(' ')}`]
}

/** An address that is usable at once: nobody else can have it. */
export function addAddressLine(name: string, address: string): string {
  return `address replace ${address} dev ${name}${address.includes(':') ? ' nodad' : ''}`
}

/** Checksums and sizes are as on the wire: nothing is left for hardware that is not there. */
export async function offloadsOff(namespace: string | null, name: string): Promise<void> {
  await run('ethtool', ['-K', name, 'tx', 'off', 'tso', 'off', 'gso', 'off', 'gro', 'off'], { namespace })
}

/** `from` and `to`: null is where we are. Its addresses and its being up do not come with it. */
export async function moveLink(name: string, from: string | null, to: string | null): Promise<void> {
  await ipBatch(from, [`link set dev ${name} netns ${to ?? process.pid}`])
}

/** Deletes an interface that was made; of a pair, both ends. What is not there is no error. */
export async function deleteLink(namespace: string | null, name: string): Promise<void> {
  try {
    await ipBatch(namespace, [`link delete dev ${name}`])
  } catch (error) {
    if (!(error instanceof Error && /Cannot find device/.test(error.message))) throw error
  }
}

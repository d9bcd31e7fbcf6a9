import type { Shape } from '../../contract/types.ts'
import { refuse } from '../fault.ts'
import { bandwidthBps } from '../inventory/speeds.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/**
 * How many prefixes a customer may announce is shared out: every connection has a pool, every private and transit virtual
 * interface an allocation from the pool of what carries it, of each address family.
 * @source behaviour catalogue C, D (prefix controls)
 */
export interface PrefixAllocation {
  readonly ipv4: number
  readonly ipv6: number
}

/** An allocation that was changed: whether a session went over its limit depends on what the limit was then. */
export interface FormerAllocation extends PrefixAllocation {
  /** From then on it had the next one. */
  readonly until: number
}

/** So many are kept, or a customer's changes would make the record grow until each held up everybody's writes. */
const formerKept = 100

/**
 * The former allocations with the one that ends now. The oldest that are too many become one with the most that was
 * allowed then, so that nothing that went on under it is found to have been too much.
 */
export function formerWith(
  former: readonly FormerAllocation[],
  { ipv4, ipv6 }: PrefixAllocation,
  now: number,
): readonly FormerAllocation[] {
  const all = [...former, { ipv4, ipv6, until: now }]
  if (all.length <= formerKept) return all
  const latest = 1 - formerKept
  return [all.slice(0, latest).reduce(mostOf), ...all.slice(latest)]
}

function mostOf(a: FormerAllocation, b: FormerAllocation): FormerAllocation {
  return { ipv4: Math.max(a.ipv4, b.ipv4), ipv6: Math.max(a.ipv6, b.ipv6), until: b.until }
}

/** As an order or a change asks for it. */
export interface AllocationInput {
  readonly prefixPoolAllocatedCountIpv4?: number | undefined
  readonly prefixPoolAllocatedCountIpv6?: number | undefined
}

const families = [
  ['ipv4', 'prefixPoolAllocatedCountIpv4'],
  ['ipv6', 'prefixPoolAllocatedCountIpv6'],
] as const

/**
 * What everybody gets who asks for nothing, whatever else is allocated: a connection may carry one virtual interface more
 * than its pool has room for.
 */
export const usualAllocation: PrefixAllocation = { ipv4: 100, ipv6: 100 }

const most = 1_000

/** @source behaviour catalogue D */
const mostAtGateway = 10_000

/** Of each family, for one port; of a LAG it is as many times that as members are up. @source behaviour catalogue D */
export function poolSizeOf(bandwidth: string): number {
  const bps = bandwidthBps(bandwidth)
  return bps < 100e9 ? 5_000 : bps < 400e9 ? 30_000 : 50_000
}

export function asksForAllocation(input: AllocationInput): boolean {
  return families.some(([, member]) => input[member] !== undefined)
}

/** The allocation with what is asked for; null: a public virtual interface has none, and none can be asked for it. */
export function checkedAllocation(
  type: VirtualInterface['type'],
  present: PrefixAllocation,
  input: AllocationInput,
): PrefixAllocation | null {
  if (type === 'public') {
    const [, given] = families.find(([, member]) => input[member] !== undefined) ?? []
    if (given !== undefined)
      throw refuse(
        `Invalid value ${input[given]} for ${given}: a public virtual interface has no prefix pool allocation`,
      )
    return null
  }
  const count = ([family, member]: (typeof families)[number]): number => {
    const asked = input[member]
    if (asked === undefined) return present[family]
    if (asked < 0 || asked > most)
      throw refuse(`Invalid value ${asked} for ${member}: it must be in the range 0 to ${most}`)
    return asked
  }
  return { ipv4: count(families[0]), ipv6: count(families[1]) }
}

/**
 * More than the usual has to be in the pool.
 * @param others the other virtual interfaces of what carries it
 */
export function checkPool(
  carrierId: string,
  size: number,
  others: readonly VirtualInterface[],
  asked: PrefixAllocation | null,
): void {
  if (asked === null) return
  const taken = allocatedTo(others)
  for (const [family, member] of families) {
    const left = Math.max(0, size - taken[family])
    if (asked[family] > usualAllocation[family] && asked[family] > left)
      throw refuse(
        `Invalid value ${asked[family]} for ${member}: ${left} of the ${size} prefixes in the pool of ${carrierId} are unallocated`,
      )
  }
}

/**
 * An allocation cannot be less than the prefixes that are announced already.
 * @source behaviour catalogue A.1 UpdateVirtualInterfaceAttributes
 */
export function checkAboveInUse(asked: PrefixAllocation, inUse: PrefixAllocation): void {
  for (const [family, member] of families)
    if (asked[family] < inUse[family])
      throw refuse(`Invalid value ${asked[family]} for ${member}: ${inUse[family]} prefixes are in use`)
}

/** @source behaviour catalogue D @param others the other virtual interfaces at the gateway */
export function checkGatewayTotal(
  gatewayId: string,
  others: readonly VirtualInterface[],
  asked: PrefixAllocation | null,
): void {
  const total = totalOf(others) + (asked === null ? 0 : asked.ipv4 + asked.ipv6)
  if (total > mostAtGateway)
    throw refuse(
      `You have reached the limit of ${mostAtGateway} prefix pool allocations on Direct Connect Gateway ${gatewayId}; this makes ${total}`,
    )
}

/** Of both families together. */
export function totalOf(virtualInterfaces: readonly VirtualInterface[]): number {
  const { ipv4, ipv6 } = allocatedTo(virtualInterfaces)
  return ipv4 + ipv6
}

export function allocatedTo(virtualInterfaces: readonly VirtualInterface[]): PrefixAllocation {
  const sum = (family: keyof PrefixAllocation) =>
    virtualInterfaces.reduce((total, vif) => total + (vif.prefixAllocation?.[family] ?? 0), 0)
  return { ipv4: sum('ipv4'), ipv6: sum('ipv6') }
}

export function showAllocation(allocation: PrefixAllocation | null) {
  if (allocation === null) return {}
  return { prefixPoolAllocatedCountIpv4: allocation.ipv4, prefixPoolAllocatedCountIpv6: allocation.ipv6 }
}

type Pool = Pick<
  Shape<'Connection'>,
  'prefixPoolSizeIpv4' | 'prefixPoolSizeIpv6' | 'prefixPoolUnallocatedCountIpv4' | 'prefixPoolUnallocatedCountIpv6'
>

export function showPool(size: number, virtualInterfaces: readonly VirtualInterface[]): Pool {
  const { ipv4, ipv6 } = allocatedTo(virtualInterfaces)
  return {
    prefixPoolSizeIpv4: size,
    prefixPoolSizeIpv6: size,
    prefixPoolUnallocatedCountIpv4: Math.max(0, size - ipv4),
    prefixPoolUnallocatedCountIpv6: Math.max(0, size - ipv6),
  }
}

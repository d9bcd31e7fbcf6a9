import { quote } from '../../contract/quote.ts'
import type { Shape } from '../../contract/types.ts'
import { Fault, refuse } from '../fault.ts'
import type { Carrier } from './carrier.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/** What a limiter can be set to. @source behaviour catalogue C.4 */
const amounts: readonly (readonly [unit: string, bps: number, amounts: readonly number[]])[] = [
  ['Mbps', 1e6, [50, 100, 200, 300, 400, 500, 600, 700, 800, 900]],
  [
    'Gbps',
    1e9,
    [
      1, 1.2, 1.5, 1.8, 2, 2.1, 2.4, 2.7, 3, 3.2, 3.6, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 21, 24, 27, 30, 32, 36, 40,
      50, 60, 70, 80, 100, 120, 150, 180, 200, 210, 240, 270, 300, 320, 360, 400, 450, 480, 500, 540, 600, 700, 800,
      900,
    ],
  ],
  ['Tbps', 1e12, [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]],
]
const limits: ReadonlyMap<string, number> = new Map(
  amounts.flatMap(([unit, bps, each]) => each.map((n) => [`${n}${unit}`, n * bps])),
)

/** Bits a second of a limit such as `500Mbps`; null: nobody can set such a limit. */
export function rateLimitBps(rateLimit: string): number | null {
  return limits.get(rateLimit) ?? null
}

/** The console's word for no limiter. */
const unlimited = 'Unlimited'

/** @source behaviour catalogue D */
const limitersPerCarrier = 10

/**
 * The limiter that an order asks for; null: none. Only dedicated ports have limiters, ten each, and none is faster than
 * the port.
 * @source behaviour catalogue C.4, D, E.7
 * @param others what else is on the port and has not ended
 */
export function checkedRateLimit(
  rateLimit: string | undefined,
  carrier: Carrier,
  others: readonly VirtualInterface[],
): string | null {
  if (rateLimit === undefined || rateLimit === unlimited) return null
  const bps = limits.get(rateLimit)
  if (bps === undefined)
    throw refuse(`Invalid value ${quote(rateLimit)} for rateLimit: it must be one of ${[...limits.keys()].join(', ')}`)
  if (carrier.hostedVlan !== null)
    throw refuse(`Invalid value '${rateLimit}' for rateLimit: ${carrier.id} is a hosted connection, which has none`)
  if (bps > carrier.speedBps)
    throw refuse(`Invalid value '${rateLimit}' for rateLimit: it is more than the speed of ${carrier.id}`)
  checkLimiters(carrier.id, limited(others).length + 1)
  return rateLimit
}

/** Whether a dedicated connection or LAG may have so many limiters. @source behaviour catalogue D */
export function checkLimiters(carrierId: string, count: number): void {
  if (count > limitersPerCarrier)
    throw new Fault(
      'LimitExceededException',
      `You have reached the limit of ${limitersPerCarrier} rate limiters on ${carrierId}`,
    )
}

/** For an operation that does not declare LimitExceededException. */
export function withDeclaredCodes<T>(check: () => T): T {
  try {
    return check()
  } catch (error) {
    throw error instanceof Fault && error.code === 'LimitExceededException' ? refuse(error.message) : error
  }
}

export function limited(virtualInterfaces: readonly VirtualInterface[]): readonly VirtualInterface[] {
  return virtualInterfaces.filter((vif) => vif.rateLimit !== null)
}

/** The limiters of a dedicated connection or LAG, and how much they let through together, which may be more than it has. */
export function showLimiters(virtualInterfaces: readonly VirtualInterface[]): Shape<'RateLimiterStatus'> {
  const present = limited(virtualInterfaces)
  const total = present.reduce((sum, vif) => sum + (limits.get(vif.rateLimit ?? '') ?? 0), 0)
  return {
    maxAllowed: limitersPerCarrier,
    inUse: present.length,
    remaining: Math.max(0, limitersPerCarrier - present.length),
    totalBandwidth: showBandwidth(total),
  }
}

/** In the largest unit of which it is one at least, as limits are spelt: `50Mbps`, `1.05Gbps`. */
function showBandwidth(bps: number): string {
  const [unit, unitBps] = amounts.findLast(([, each]) => bps >= each) ?? amounts[0] ?? ['Mbps', 1e6]
  return `${Math.round((bps / unitBps) * 1e6) / 1e6}${unit}`
}

import { Fault, refuse } from '../fault.ts'
import type { Carrier } from './carrier.ts'

/** What a limiter can be set to. @source behaviour catalogue C.4 */
const amounts: readonly (readonly [unit: string, bps: number, amounts: readonly number[]])[] = [
  ['Mbps', 1e6, [50, 100, 200, 300, 400, 500, 600, 700, 800, 900]],
  [
    'Gbps',
    1e9,
    [
      1, 1.2, 1.5, 1.8, 2, 2.1, 2.4, 2.7, 3, 3.2, 3.6, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 21, 24, 27, 30, 32, 36, 40,
      50, 60, 70, 80, 100, 120, 150, 180, 200, 210, 240, 270, 300, 320, 360, 400, 450, 480, 500, 540, 600, 700, 800, 900,
    ],
  ],
  ['Tbps', 1e12, [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]],
]
const limits = new Map(amounts.flatMap(([unit, bps, each]) => each.map((n) => [`${n}${unit}`, n * bps])))

/** The console's word for no limiter. */
const unlimited = 'Unlimited'

/** @source behaviour catalogue D */
const limitersPerCarrier = 10

/**
 * The limiter that an order asks for; null: none. Only dedicated ports have limiters, ten each, and none is faster than
 * the port.
 * @source behaviour catalogue C.4, D, E.7
 */
export function checkedRateLimit(rateLimit: string | undefined, carrier: Carrier, exceptId?: string): string | null {
  if (rateLimit === undefined || rateLimit === unlimited) return null
  const bps = limits.get(rateLimit)
  if (bps === undefined)
    throw refuse(
      `Invalid value '${rateLimit.slice(0, 32)}' for rateLimit: it must be one of ${[...limits.keys()].join(', ')}`,
    )
  if (carrier.hostedVlan !== null)
    throw refuse(`Invalid value '${rateLimit}' for rateLimit: ${carrier.id} is a hosted connection, which has none`)
  checkRateLimitFits(rateLimit, carrier)
  const others = carrier.virtualInterfaces.filter((vif) => vif.rateLimit !== null && vif.id !== exceptId)
  if (others.length >= limitersPerCarrier)
    throw new Fault(
      'LimitExceededException',
      `You have reached the limit of ${limitersPerCarrier} rate limiters on ${carrier.id}`,
    )
  return rateLimit
}

function checkRateLimitFits(rateLimit: string, carrier: Carrier): void {
  if ((limits.get(rateLimit) ?? 0) > carrier.speedBps)
    throw refuse(`Invalid value '${rateLimit}' for rateLimit: it is more than the speed of ${carrier.id}`)
}

/**
 * At most `perSecond` requests of one account a second, with as many saved up at most. Real time, since it protects the
 * machine and not the product.
 */
export function createThrottle(perSecond: number, now: () => number): (accountId: string) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return (accountId) => {
    const at = now()
    const bucket = buckets.get(accountId) ?? { tokens: perSecond, at }
    bucket.tokens = Math.min(perSecond, bucket.tokens + ((at - bucket.at) / 1_000) * perSecond)
    bucket.at = at
    buckets.set(accountId, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }
}

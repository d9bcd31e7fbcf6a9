const mostRemembered = 10_000

/**
 * At most `perSecond` requests of one account a second, with as many saved up at most. Real time, since it protects the
 * machine and not the product.
 */
export function createThrottle(perSecond: number, now: () => number): (accountId: string) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const forgetIdle = (at: number) => {
    for (const [accountId, bucket] of buckets) if (at - bucket.at >= 1_000) buckets.delete(accountId)
  }
  return (accountId) => {
    const at = now()
    const bucket = buckets.get(accountId) ?? { tokens: perSecond, at }
    bucket.tokens = Math.min(perSecond, bucket.tokens + (Math.max(0, at - bucket.at) / 1_000) * perSecond)
    bucket.at = at
    // Who has asked nothing for a second has everything saved up again, as one who was never here.
    if (buckets.size >= mostRemembered && !buckets.has(accountId)) forgetIdle(at)
    buckets.set(accountId, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }
}

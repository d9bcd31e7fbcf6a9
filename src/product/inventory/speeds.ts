/** The speeds of physical ports, slowest first. @source behaviour catalogue C.4 */
export const portSpeeds = ['1Gbps', '10Gbps', '100Gbps', '400Gbps'] as const

/** Of these an interconnect may be. @source behaviour catalogue C.4 */
export const interconnectSpeeds: readonly string[] = ['1Gbps', '10Gbps', '100Gbps']

/** The sizes of hosted connections; partners of the first kind may sell the small ones only. */
export const smallHostedSizes: readonly string[] = ['50Mbps', '100Mbps', '200Mbps', '300Mbps', '400Mbps', '500Mbps']
export const hostedSizes: readonly string[] = [...smallHostedSizes, '1Gbps', '2Gbps', '5Gbps', '10Gbps', '25Gbps']

/** Bits per second of a size such as `500Mbps` or `10Gbps`. */
export function bandwidthBps(size: string): number {
  const [, amount, unit] = /^(\d+)([MG])bps$/.exec(size) ?? []
  return Number(amount) * (unit === 'G' ? 1e9 : 1e6)
}

import { setTimeout as delay } from 'node:timers/promises'
import { type Loss, startTraffic } from '../../src/lab/traffic.ts'
import type { World } from './world.ts'

const beforeMs = 1_000

/** What becomes of 100 packets a second from a site to an address, from a second before something is done until its end. */
export async function lossWhile(
  world: World,
  site: string,
  address: string,
  something: () => Promise<void>,
): Promise<Loss> {
  const traffic = startTraffic(world.site(site).lan.namespace, address)
  try {
    await delay(beforeMs)
    const { sent, received } = traffic.sample()
    if (received < sent - 2 || received === 0)
      throw new Error(`packets were lost before: ${received} of ${sent} came back`)
    await something()
  } catch (error) {
    await traffic.end()
    throw error
  }
  return traffic.end()
}

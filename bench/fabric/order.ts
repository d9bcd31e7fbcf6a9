import { setTimeout as delay } from 'node:timers/promises'
import { enterConfiguration, routerDirectory } from '../../src/lab/customer-router.ts'
import { applySwitch, type Tagged } from '../../src/lab/site.ts'
import { startTraffic } from '../../src/lab/traffic.ts'
import { configurationFor } from '../../src/lab/up.ts'
import type { Carrier, Gateway } from '../../src/lab/workshop.ts'
import { openVty } from '../../src/linux/frr/vty.ts'
import type { Work } from './figure.ts'
import { median } from './figure.ts'
import type { World } from './world.ts'

/** When each step was done, milliseconds since the customer ordered. */
export interface Times {
  /** The order is answered. */
  readonly answered: number
  /** The customer has got the router configuration, and has entered it. */
  readonly entered: number
  /** The customer's router says that the session is established. */
  readonly established: number
  /** An answer of the VPC's instance has come in; `NaN`: nobody asked for one. */
  readonly pinged: number
}

export interface Order {
  readonly over: Carrier
  readonly gateway: Gateway
  readonly vlan: number
  /** Of the instance, which nothing else must lead to. */
  readonly address?: string
}

/** How long a session and a first packet may take. */
const limitMs = 30_000
const pollMs = 10

/** The VLANs that are going to be ordered over a carrier, as a customer prepares them: interfaces of the site's router. */
export async function prepareVlans(world: World, { site, carrier }: Carrier, vlans: readonly number[]): Promise<void> {
  const tagged: readonly Tagged[] = vlans.map((vlan) => ({ name: `v${vlan}`, carrier, vlan, mtu: 1500 }))
  const carriers = world.state.carriers.filter((each) => each.site === site.name)
  await applySwitch(world.places, site, carriers, tagged)
}

/**
 * Orders a private virtual interface, gives the customer's router its configuration, and takes the time until the session
 * is established and until the first ping of 100 a second is answered.
 */
export async function orderAndWait(world: World, order: Order, { interrupted }: Work): Promise<Times & { id: string }> {
  const { over, gateway, vlan, address } = order
  const directory = routerDirectory(world.places.run, over.site.name)
  const vty = await openVty(`${directory}/bgpd.vty`)
  const traffic = address === undefined ? null : startTraffic(over.site.lan.namespace, address)
  try {
    await delay(200)
    if (traffic !== null && traffic.firstAnswerAt() !== null) throw new Error(`${address} is reached already`)
    const orderedAt = Date.now()
    const made = await world.api.ask('CreatePrivateVirtualInterface', {
      connectionId: over.id,
      newPrivateVirtualInterface: {
        virtualInterfaceName: `vlan-${vlan}`,
        vlan,
        asn: over.site.asn,
        addressFamily: 'ipv4',
        virtualGatewayId: gateway.id,
      },
    })
    const since = (at: number): number => at - orderedAt
    const answered = since(Date.now())
    const id = made.virtualInterfaceId ?? ''
    const peer = made.bgpPeers?.[0]?.amazonAddress?.replace(/\/.*/, '') ?? ''
    const text = await configurationFor(world.api, { id, passive: false })
    await enterConfiguration(directory, `ordered-${id}.conf`, text)
    const entered = since(Date.now())
    const waited = async (what: string, look: () => Promise<number | null> | number | null): Promise<number> => {
      for (;;) {
        interrupted.throwIfAborted()
        const at = await look()
        if (at !== null) return since(at)
        if (since(Date.now()) > limitMs) throw new Error(`${what} took longer than ${limitMs / 1_000} s`)
        await delay(pollMs)
      }
    }
    const established = await waited(`the session of ${id}`, async () => {
      const shown: Summary = JSON.parse(await vty.ask('show bgp summary json'))
      return shown.ipv4Unicast?.peers?.[peer]?.state === 'Established' ? Date.now() : null
    })
    const pinged = traffic === null ? Number.NaN : await waited(`a ping over ${id}`, () => traffic.firstAnswerAt())
    return { id, answered, entered, established, pinged }
  } finally {
    vty.close()
    await traffic?.end()
  }
}

/** As FRR shows it. */
interface Summary {
  readonly ipv4Unicast?: { readonly peers?: Readonly<Record<string, { readonly state: string }>> }
}

/** Where the time goes, in the middle: each step since the order. */
export function stepsOf(all: readonly Times[]): string {
  const step = (pick: (times: Times) => number) => `${Math.round(median(all.map(pick)))} ms`
  return [
    `answered ${step(({ answered }) => answered)}`,
    `router configured ${step(({ entered }) => entered)}`,
    `established ${step(({ established }) => established)}`,
  ].join(', ')
}

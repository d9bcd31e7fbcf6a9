// A customer's router with one session: FRR on a host of a customer's site.
import { mkdirSync } from 'node:fs'
import type { PartOptions } from '../../src/fabric/linux/parts.ts'
import { endRouter, openRouter } from '../../src/linux/frr/router.ts'
import { ipBatch } from '../../src/linux/links.ts'

export interface CustomerSession {
  readonly asn: number
  readonly amazonAsn: number
  /** Without prefix length. */
  readonly amazonAddress: string
  readonly authKey: string
  readonly announces: readonly string[]
  /** Of those that bear any, by network. */
  readonly communities?: Readonly<Record<string, readonly string[]>>
  /** Whether it speaks BFD; it does if nothing is said. */
  readonly bfd?: boolean
}

export interface CustomerRouter extends AsyncDisposable {
  /** From now on it announces these, and with these communities if any are named. */
  announce(announces: readonly string[], communities?: CustomerSession['communities']): Promise<void>
  neighbor(): Promise<Neighbor>
  /** The communities with which it is told of a network. */
  communitiesOf(network: string): Promise<readonly string[]>
}

/** As FRR tells of one. */
export interface Neighbor {
  readonly bgpState: string
  /** How often it was. */
  readonly connectionsEstablished: number
  /** For how long it has been, milliseconds. */
  readonly bgpTimerUpMsec: number
  readonly messageStats: { readonly notificationsRecv: number }
}

/** Of each network that it announces, the host has the first address. */
export async function customerRouter(
  options: PartOptions,
  namespace: string,
  session: CustomerSession,
): Promise<CustomerRouter> {
  const takeAddresses = (announces: readonly string[]) =>
    ipBatch(
      namespace,
      announces.map((cidr) => `address replace ${cidr.replace(/0\/\d+$/, '1/32')} dev lo`),
    )
  const parts = { ...options, namespace, directory: `/run/crossconnect/${namespace}` }
  mkdirSync('/run/crossconnect', { recursive: true })
  await takeAddresses(session.announces)
  const router = await openRouter({ ...parts, bgp: configurationOf(session), bfd: quickDetection })
  return {
    async announce(announces, communities = session.communities ?? {}) {
      await takeAddresses(announces)
      await router.configure(configurationOf({ ...session, announces, communities }))
    },
    async neighbor() {
      const neighbors: Readonly<Record<string, Neighbor>> = JSON.parse(await router.ask('show bgp neighbors json'))
      const neighbor = neighbors[session.amazonAddress]
      if (neighbor === undefined) throw new Error(`the router has no neighbor ${session.amazonAddress}`)
      return neighbor
    },
    async communitiesOf(network) {
      const {
        paths = [],
      }: { readonly paths?: readonly { readonly community?: { readonly list: readonly string[] } }[] } = JSON.parse(
        await router.ask(`show bgp ipv4 unicast ${network} json`),
      )
      return paths.flatMap(({ community }) => community?.list ?? [])
    },
    async [Symbol.asyncDispose]() {
      await router.release()
      await endRouter(parts)
    },
  }
}

const quickDetection = 'bfd\n profile quick\n  receive-interval 300\n  transmit-interval 300\n exit\nexit\n'

function configurationOf(session: CustomerSession): string {
  const { asn, amazonAsn, amazonAddress, authKey, announces, communities = {}, bfd = true } = session
  return [
    ...announces.flatMap((cidr, index) => [
      `route-map announce-${index} permit 10`,
      ...(communities[cidr] === undefined ? [] : [` set community ${communities[cidr].join(' ')}`]),
      'exit',
    ]),
    `router bgp ${asn}`,
    ' bgp router-id 192.0.2.1',
    ' no bgp ebgp-requires-policy',
    ' no bgp network import-check',
    ` neighbor ${amazonAddress} remote-as ${amazonAsn}`,
    ` neighbor ${amazonAddress} password ${authKey}`,
    ...(bfd ? [` neighbor ${amazonAddress} bfd profile quick`] : []),
    ` neighbor ${amazonAddress} timers connect 1`,
    ' address-family ipv4 unicast',
    ...announces.map((cidr, index) => `  network ${cidr} route-map announce-${index}`),
    ' exit-address-family',
    '',
  ].join('\n')
}

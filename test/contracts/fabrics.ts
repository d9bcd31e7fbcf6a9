// The fabrics that keep the contract of src/fabric/fabric.ts, and what its suite needs to know of each.

import { mkdirSync } from 'node:fs'
import { endRouter, openRouter, type Router } from '../../src/linux/frr/router.ts'
import { ipBatch } from '../../src/linux/links.ts'
import { answers, cableWorld, linuxFabric, type SiteOrder } from '../tools/cable-world.ts'
import { startServer, type TestServer } from '../tools/server.ts'

export interface FabricImplementation {
  readonly name: 'simulated' | 'linux'
  /** Whether this machine can. */
  readonly able: { readonly skip: string | false }
}

export const fabrics: readonly FabricImplementation[] = [
  { name: 'simulated', able: { skip: false } },
  { name: 'linux', able: linuxFabric },
]

/** A server with a fabric, and customers' sites at the other ends of its cables. */
export interface FabricWorld extends AsyncDisposable {
  readonly server: TestServer
  /** Takes the other ends of the cables of some connections to a site of the customer's. */
  site(connectionIds: readonly string[], order: Partial<Pick<SiteOrder, 'lacp' | 'vlans'>>): Promise<FabricSite>
}

export interface FabricSite {
  /** Puts a router on a VLAN, which announces; again: what it announces from now on. */
  router(vlan: number, session: CustomerSession): Promise<void>
  /** How often the router on a VLAN was told that its session ends; null: there is none that could be asked. */
  endsHeard(vlan: number): Promise<number> | null
  /** Whether an address answers to a host on a VLAN; null: this fabric carries no packets. */
  reaches(vlan: number, address: string): Promise<boolean> | null
}

export interface CustomerSession {
  readonly virtualInterfaceId: string
  readonly asn: number
  readonly amazonAsn: number
  /** Without prefix length. */
  readonly amazonAddress: string
  readonly authKey: string
  readonly announces: readonly string[]
}

/** As FRR tells of one. */
interface Neighbor {
  readonly messageStats: { readonly notificationsRecv: number }
}

export async function fabricWorld({ name }: FabricImplementation): Promise<FabricWorld> {
  const ends = new AsyncDisposableStack()
  const cables = name === 'linux' ? ends.use(cableWorld()) : null
  const server = ends.use(await startServer({ fabric: name, fabricCleanup: true, timing: 'instant' }))
  return {
    server,
    async site(connectionIds, { lacp = false, vlans = {} }) {
      // The customer's router of the simulated fabric is there without being asked for.
      if (cables === null)
        return { router: (_, session) => announce(server, session), endsHeard: () => null, reaches: () => null }
      const interfaces = await interfacesOf(server)
      const ports = connectionIds.map((id) => interfaces.get(id) ?? '')
      const site = await cables.site({ name: connectionIds[0] ?? '', ports, lacp, vlans })
      const routers = new Map<number, Router>()
      return {
        async router(vlan, session) {
          const namespace = site.hostOn(vlan)
          const directory = `/run/crossconnect/${namespace}`
          const lines = session.announces.map((cidr) => `address replace ${cidr.replace(/0\/\d+$/, '1/32')} dev lo`)
          await ipBatch(namespace, lines)
          const known = routers.get(vlan)
          if (known !== undefined) return void (await known.configure(configurationOf(session)))
          mkdirSync('/run/crossconnect', { recursive: true })
          const parts = { ...cables.options(), namespace, directory }
          const router = await openRouter({ ...parts, bgp: configurationOf(session), bfd: quickDetection })
          routers.set(vlan, router)
          ends.defer(async () => {
            await router.release()
            await endRouter(parts)
          })
        },
        async endsHeard(vlan) {
          const neighbors: Readonly<Record<string, Neighbor>> = JSON.parse(
            (await routers.get(vlan)?.ask('show bgp neighbors json')) ?? '{}',
          )
          return Object.values(neighbors).reduce((sum, { messageStats }) => sum + messageStats.notificationsRecv, 0)
        },
        reaches: (vlan, address) => answers(site.hostOn(vlan), address),
      }
    },
    [Symbol.asyncDispose]: () => ends.disposeAsync(),
  }
}

async function announce(server: TestServer, { virtualInterfaceId, announces }: CustomerSession): Promise<void> {
  const routes = announces.map((cidr) => ({ cidr }))
  await server.operator('PUT', `/virtual-interfaces/${virtualInterfaceId}/customer-routes`, { routes })
}

const quickDetection = 'bfd\n profile quick\n  receive-interval 300\n  transmit-interval 300\n exit\nexit\n'

function configurationOf({ asn, amazonAsn, amazonAddress, authKey, announces }: CustomerSession): string {
  return [
    `router bgp ${asn}`,
    ' bgp router-id 192.0.2.1',
    ' no bgp ebgp-requires-policy',
    ' no bgp network import-check',
    ` neighbor ${amazonAddress} remote-as ${amazonAsn}`,
    ` neighbor ${amazonAddress} password ${authKey}`,
    ` neighbor ${amazonAddress} bfd profile quick`,
    ` neighbor ${amazonAddress} timers connect 1`,
    ' address-family ipv4 unicast',
    ...announces.map((cidr) => `  network ${cidr}`),
    ' exit-address-family',
    '',
  ].join('\n')
}

/** The interface of the host that each connection's port is. */
export async function interfacesOf(server: Pick<TestServer, 'operator'>): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  let token: string | undefined
  do {
    const next = token === undefined ? '' : `&nextToken=${encodeURIComponent(token)}`
    const page = await server.operator('GET', `/ports?free=false${next}`)
    for (const { connectionId, interfaceName } of page.ports) found.set(connectionId, interfaceName)
    token = page.nextToken
  } while (token !== undefined)
  return found
}

// The fabrics that keep the contract of src/fabric/fabric.ts, and what its suite needs to know of each.
import { answers, cableWorld, linuxFabric, type SiteOrder } from '../tools/cable-world.ts'
import { type CustomerRouter, type CustomerSession, customerRouter } from '../tools/customer-router.ts'
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
  router(vlan: number, session: CustomerSession & { readonly virtualInterfaceId: string }): Promise<void>
  /** How often the router on a VLAN was told that its session ends; null: there is none that could be asked. */
  endsHeard(vlan: number): Promise<number> | null
  /** Whether an address answers to a host on a VLAN; null: this fabric carries no packets. */
  reaches(vlan: number, address: string): Promise<boolean> | null
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
      const routers = new Map<number, CustomerRouter>()
      return {
        async router(vlan, session) {
          const known = routers.get(vlan)
          if (known !== undefined) return known.announce(session.announces)
          const router = await customerRouter(cables.options(), site.hostOn(vlan), session)
          routers.set(vlan, router)
          ends.use(router)
        },
        endsHeard: async (vlan) => (await routers.get(vlan)?.neighbor())?.messageStats.notificationsRecv ?? 0,
        reaches: (vlan, address) => answers(site.hostOn(vlan), address),
      }
    },
    [Symbol.asyncDispose]: () => ends.disposeAsync(),
  }
}

async function announce(
  server: TestServer,
  { virtualInterfaceId, announces }: Parameters<FabricSite['router']>[1],
): Promise<void> {
  const routes = announces.map((cidr) => ({ cidr }))
  await server.operator('PUT', `/virtual-interfaces/${virtualInterfaceId}/customer-routes`, { routes })
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

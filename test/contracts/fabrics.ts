// The fabrics that keep the contract of src/fabric/fabric.ts, and what its suite needs to know of each.

import { cableWorld, linuxFabric, type SiteOrder } from '../tools/cable-world.ts'
import type { TestServer } from '../tools/server.ts'
import { startServer } from '../tools/server.ts'

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
  /** What the customer does at the far ends of the cables of some connections. */
  site(connectionIds: readonly string[], order: Pick<SiteOrder, 'lacp'>): Promise<void>
}

export async function fabricWorld({ name }: FabricImplementation): Promise<FabricWorld> {
  const server = await startServer({ fabric: name, fabricCleanup: true, timing: 'instant' })
  const cables = name === 'linux' ? cableWorld() : null
  return {
    server,
    async site(connectionIds, { lacp }) {
      // The customer's router of the simulated fabric is there without being asked for.
      if (cables === null) return
      const interfaces = await interfacesOf(server)
      const ports = connectionIds.map((id) => interfaces.get(id) ?? '')
      await cables.site({ name: connectionIds[0] ?? '', ports, lacp, vlans: {} })
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await cables?.[Symbol.asyncDispose]()
    },
  }
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

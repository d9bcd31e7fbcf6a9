import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import { virtualInterfacesToward } from './virtual-interfaces-toward.ts'

/** The CIDRs that customers announce to some virtual private gateways over Direct Connect, each once. */
export async function propagatedTo(
  snapshot: Snapshot,
  gatewayIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const toward = await virtualInterfacesToward(snapshot, [...new Set(gatewayIds)])
  const { observed } = await viewOf(snapshot, { virtualInterfaces: [...new Set([...toward.values()].flat())] })
  return new Map(
    [...toward].map(([id, vifs]) => {
      const routes = vifs.flatMap(({ peers }) => peers).flatMap((peer) => observed.routes(peer.id))
      return [id, [...new Set(routes.map(({ cidr }) => cidr))]]
    }),
  )
}

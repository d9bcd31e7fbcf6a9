import { bitsOf, type Cidr, overlaps } from '../addresses/cidr.ts'
import { atGatewayOf, gatewayOf, onCarrierOf } from '../routing/overlapping-subnets.ts'
import type { Snapshot } from '../snapshot.ts'
import { alive, carried } from '../virtual-interfaces/carrier.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { networksOf, type TakenNetworks } from './peer-addresses.ts'

/** Where a new session is to be. */
type Place = Pick<
  VirtualInterface,
  'connectionId' | 'connectionOwner' | 'region' | 'ownerAccount' | 'directConnectGatewayId' | 'virtualGatewayId'
>

/** What others have on the same connection or LAG and behind the same gateway. */
export function takenNetworks(snapshot: Snapshot, place: Place): TakenNetworks {
  const { now } = snapshot
  const networks = (some: readonly VirtualInterface[]) =>
    alive(some, now).flatMap(({ peers }) => networksOf(peers, now))
  const touching = async (scopes: readonly string[], network: Cidr) => {
    const wanted = scopes.map((scope) => ({ id: '', scope, value: scope + bitsOf(network) }))
    const ids = await snapshot.nesting('virtual-interface', 'subnet', wanted)
    const others = networks(await snapshot.getAll('virtual-interface', ids))
    return others.some((other) => overlaps(other, network))
  }
  return {
    onCarrier: (network) => touching([onCarrierOf(place)], network),
    anywhere: (network) => touching([onCarrierOf(place), ...atGatewayOf(place)], network),
    async all() {
      const { connectionId: id, connectionOwner: ownerAccount, region } = place
      const gateway = gatewayOf(place)
      const attached = gateway === null ? [] : await snapshot.list('virtual-interface', 'gateway', gateway)
      return networks([...(await carried(snapshot, { id, ownerAccount, region })), ...attached])
    },
  }
}

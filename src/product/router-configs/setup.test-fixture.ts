import type { BgpPeer } from '../bgp/bgp-peer.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { type Setup, type Surroundings, setupOf } from './setup.ts'

/** A setup on a port without MACsec, with nothing behind it, but for what a test changes. */
export function exampleSetup(
  vif: VirtualInterface,
  peers: readonly BgpPeer[],
  others: Partial<Surroundings> = {},
): Setup {
  const carrier = { kind: 'port', id: vif.connectionId, bandwidth: '10Gbps' } as const
  return setupOf(vif, peers, { carrier, macSec: null, announced: [], ...others })
}

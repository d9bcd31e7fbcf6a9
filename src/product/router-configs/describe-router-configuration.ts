import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { answer, type Operation } from '../operation.ts'
import { checkState, partyVirtualInterface } from '../virtual-interfaces/rules.ts'
import { presentPeers } from '../virtual-interfaces/show.ts'
import { namedRouterType } from './router-types.ts'
import { setupOf } from './setup.ts'
import { surroundingsOf } from './surroundings.ts'

/**
 * The configuration of the router at the other end, ready to be entered. The router is that of the owner of the
 * connection: of a virtual interface that the connection carries for another account nobody else gets it, and it only
 * once that account has accepted.
 * @source behaviour catalogue A.1, A.4, F.2
 */
export const DescribeRouterConfiguration: Operation<'DescribeRouterConfiguration'> = async (snapshot, input) => {
  const { now, caller } = snapshot
  const vif = await partyVirtualInterface(snapshot, input.virtualInterfaceId)
  if (vif.connectionOwner !== caller.accountId)
    throw refuse(`Only the owner of ${vif.connectionId} can download the router configuration of ${vif.id}`)
  const { alias, beyondAws: _beyondAws, ...router } = namedRouterType(input.routerTypeIdentifier)
  await checkState(snapshot, 'DescribeRouterConfiguration', vif, configured)
  const peers = presentPeers(vif.peers, now)
  const live = peers.filter((peer) => !reached(peer.deleteAskedAt, now))
  const setup = setupOf(vif, live.length > 0 ? live : peers, await surroundingsOf(snapshot, vif))
  // Loaded when one is wanted: they would be a tenth of all that a start has to load.
  const { renderers } = await import('./renderers.ts')
  return answer({
    customerRouterConfig: renderers[alias](setup),
    router,
    virtualInterfaceId: vif.id,
    virtualInterfaceName: vif.name,
  })
}

const configured = ['verifying', 'pending', 'available', 'down', 'testing'] as const

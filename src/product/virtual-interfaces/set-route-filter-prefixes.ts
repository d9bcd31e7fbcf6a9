import { conflict } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Decision } from '../operation.ts'
import { announcedAnew } from '../routing/announce-customer-routes.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, virtualInterfaceNamed } from './of-operator.ts'
import { checkedPrefixes, checkNotAnnounced } from './route-filter-prefixes.ts'
import type { VirtualInterfaceFacts } from './show-to-operator.ts'

/** Replaces what a public virtual interface may announce, as a support case would; checked as at its creation. */
export async function setRouteFilterPrefixes(
  snapshot: Snapshot,
  input: { readonly virtualInterfaceId: string; readonly prefixes: readonly string[] },
): Promise<Decision<VirtualInterfaceFacts>> {
  const { vif, state } = await virtualInterfaceNamed(snapshot, input.virtualInterfaceId)
  if (vif.type !== 'public' || ['deleting', 'deleted', 'rejected'].includes(state))
    throw conflict(`Virtual interface ${vif.id} is ${vif.type} and ${state}: only a public one has prefixes`)
  const given = input.prefixes.map((cidr) => ({ cidr }))
  const first = vif.peers.find((peer) => !reached(peer.deleteAskedAt, snapshot.now))
  const routeFilterPrefixes = checkedPrefixes(given, first?.addressFamily ?? 'ipv4')
  await checkNotAnnounced(snapshot, routeFilterPrefixes, vif.ownerAccount, vif.id)
  const filtered = { ...vif, routeFilterPrefixes }
  const { changes, show } = changed(filtered)
  return { changes: [...changes, ...(await announcedAnew(snapshot, filtered))], show }
}

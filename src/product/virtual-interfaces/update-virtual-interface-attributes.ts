import type { Input } from '../../contract/types.ts'
import { faults } from '../fault.ts'
import { peersAsSeen } from '../history.ts'
import { checkedName } from '../names.ts'
import { type Operation, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewWithoutCarried } from '../view.ts'
import { changedAllocation } from './allocation-change.ts'
import { carried, carrierOf } from './carrier.ts'
import { asksForAllocation } from './prefix-pools.ts'
import { checkedRateLimit, withDeclaredCodes } from './rate-limits.ts'
import { checkedMtu, checkedSiteLink, checkState, partyVirtualInterface } from './rules.ts'
import { shownAfter } from './show.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/**
 * Its owner changes what is given; a new MTU has to be configured, which takes it through `pending`. How many prefixes it
 * may announce is the affair of the owner of the connection.
 * @source behaviour catalogue A.1, B.3; Terraform's provider sends one attribute a call, without waiting in between
 */
export const UpdateVirtualInterfaceAttributes: Operation<'UpdateVirtualInterfaceAttributes'> = async (
  snapshot,
  input,
) => {
  const vif = await partyVirtualInterface(snapshot, input.virtualInterfaceId)
  checkMayChange(vif, snapshot.caller.accountId, input)
  await checkState(snapshot, 'UpdateVirtualInterfaceAttributes', vif, ['verifying', 'pending', 'available', 'down'])
  const { virtualInterfaceName, mtu, enableSiteLink, rateLimit } = input
  const updated: VirtualInterface = {
    ...vif,
    ...(virtualInterfaceName === undefined ? {} : { name: checkedName(virtualInterfaceName, 'virtualInterfaceName') }),
    ...(mtu === undefined ? {} : await changedMtu(snapshot, vif, mtu)),
    ...(enableSiteLink === undefined ? {} : { siteLinkEnabled: checkedSiteLink(enableSiteLink, vif.region, vif) }),
    ...(rateLimit === undefined ? {} : { rateLimit: await changedRateLimit(snapshot, vif, rateLimit) }),
    ...(await changedAllocation(snapshot, vif, input)),
  }
  return { changes: [save('virtual-interface', updated)], show: (after) => shownAfter(updated, after) }
}

/** Who is only the owner of what carries it sees it, and allocates prefixes to it. */
function checkMayChange(
  vif: VirtualInterface,
  accountId: string,
  input: Input<'UpdateVirtualInterfaceAttributes'>,
): void {
  const { virtualInterfaceName, mtu, enableSiteLink, rateLimit } = input
  const others = [virtualInterfaceName, mtu, enableSiteLink, rateLimit].some((given) => given !== undefined)
  if (vif.ownerAccount !== accountId && (others || !asksForAllocation(input)))
    throw faults.virtualInterfaceNotFound(vif.id)
}

async function changedMtu(snapshot: Snapshot, vif: VirtualInterface, mtu: number): Promise<Partial<VirtualInterface>> {
  checkedMtu(mtu, vif.type)
  if (mtu === vif.mtu) return {}
  const { observed } = await viewWithoutCarried(snapshot, { virtualInterfaces: [vif] })
  const provisionedAt = snapshot.now + snapshot.settings.timing.provision
  return { mtu, provisionedAt, peers: peersAsSeen(observed, vif.peers) }
}

async function changedRateLimit(snapshot: Snapshot, vif: VirtualInterface, rateLimit: string): Promise<string | null> {
  const carrier = await carrierOf(snapshot, vif)
  const others = (await carried(snapshot, carrier)).filter(({ id }) => id !== vif.id)
  return withDeclaredCodes(() => checkedRateLimit(rateLimit, carrier, others))
}

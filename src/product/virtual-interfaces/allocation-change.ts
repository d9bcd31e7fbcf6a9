import { refuse } from '../fault.ts'
import { membersUp } from '../lags/rules.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import { alive, type Carrier, carried } from './carrier.ts'
import {
  type AllocationInput,
  asksForAllocation,
  checkAboveInUse,
  checkedAllocation,
  checkGatewayTotal,
  checkPool,
  formerWith,
  type PrefixAllocation,
  poolSizeOf,
  usualAllocation,
} from './prefix-pools.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/**
 * The allocation that a change asks for. The pool is the connection's, so that its owner allocates, also to what the
 * connection carries for others.
 * @source behaviour catalogue A.1 UpdateVirtualInterfaceAttributes, D
 */
export async function changedAllocation(
  snapshot: Snapshot,
  vif: VirtualInterface,
  input: AllocationInput,
): Promise<Pick<VirtualInterface, 'prefixAllocation' | 'formerAllocations'>> {
  const { prefixAllocation: present, formerAllocations } = vif
  if (!asksForAllocation(input)) return { prefixAllocation: present, formerAllocations }
  if (vif.connectionOwner !== snapshot.caller.accountId)
    throw refuse(`Only the owner of ${vif.connectionId} can allocate prefixes to VirtualInterface ${vif.id}`)
  const asked = checkedAllocation(vif.type, present ?? usualAllocation, input)
  if (asked === null || present === null) return { prefixAllocation: asked, formerAllocations }
  if (asked.ipv4 === present.ipv4 && asked.ipv6 === present.ipv6)
    return { prefixAllocation: present, formerAllocations }
  checkAboveInUse(asked, await inUse(snapshot, vif))
  const carrier = { id: vif.connectionId, ownerAccount: vif.connectionOwner, region: vif.region }
  await checkPoolOf(snapshot, carrier, asked, vif.id)
  if (vif.directConnectGatewayId !== null) {
    const attached = alive(
      await snapshot.list('virtual-interface', 'gateway', vif.directConnectGatewayId),
      snapshot.now,
    )
    const others = attached.filter(({ id }) => id !== vif.id)
    checkGatewayTotal(vif.directConnectGatewayId, others, asked)
  }
  return { prefixAllocation: asked, formerAllocations: formerWith(formerAllocations, present, snapshot.now) }
}

/** How many prefixes its sessions have accepted. */
async function inUse(snapshot: Snapshot, vif: VirtualInterface): Promise<PrefixAllocation> {
  const { observed } = await viewOf(snapshot, { virtualInterfaces: [vif] })
  const accepted = (family: keyof PrefixAllocation) =>
    vif.peers
      .filter(({ addressFamily }) => addressFamily === family)
      .reduce((total, { id }) => total + observed.routes(id).length, 0)
  return { ipv4: accepted('ipv4'), ipv6: accepted('ipv6') }
}

/** Whether the pool of a connection or LAG has what is asked for; the usual it always has. */
export async function checkPoolOf(
  snapshot: Snapshot,
  carrier: Pick<Carrier, 'id' | 'ownerAccount' | 'region'>,
  asked: PrefixAllocation | null,
  exceptId?: string,
): Promise<void> {
  if (asked === null || (asked.ipv4 <= usualAllocation.ipv4 && asked.ipv6 <= usualAllocation.ipv6)) return
  const others = (await carried(snapshot, carrier)).filter(({ id }) => id !== exceptId)
  checkPool(carrier.id, await sizeOf(snapshot, carrier.id), others, asked)
}

async function sizeOf(snapshot: Snapshot, carrierId: string): Promise<number> {
  const connection = await snapshot.get('connection', carrierId)
  if (connection !== undefined) return poolSizeOf(connection.bandwidth)
  const lag = await snapshot.get('lag', carrierId)
  if (lag === undefined) throw new Error(`a virtual interface on ${carrierId}, which does not exist`)
  return poolSizeOf(lag.bandwidth) * membersUp(lag, await viewOf(snapshot, { lags: [lag] }))
}

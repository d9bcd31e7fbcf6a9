import { type Cidr, networkOf, overlaps, parseCidr } from '../addresses/cidr.ts'
import { reached } from '../lifecycle.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

/**
 * Virtual interfaces of one gateway whose peers' subnets overlap with those of an older one, each with the id of that
 * one: the gateway could not tell which way an address of theirs is, so the newer stays down. The older goes on, or
 * whoever orders could take down what works.
 */
export function overlapping(vifs: readonly VirtualInterface[], now: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const taken: { readonly id: string; readonly subnet: Cidr }[] = []
  for (const vif of vifs.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))) {
    if (reached(vif.deleteAskedAt, now) || reached(vif.rejectedAt, now)) continue
    const subnets = subnetsOf(vif, now)
    const older = taken.find(({ subnet }) => subnets.some((own) => overlaps(own, subnet)))
    if (older !== undefined) found.set(vif.id, older.id)
    else for (const subnet of subnets) taken.push({ id: vif.id, subnet })
  }
  return found
}

function subnetsOf(vif: VirtualInterface, now: number): readonly Cidr[] {
  return vif.peers
    .filter(({ deleteAskedAt }) => !reached(deleteAskedAt, now))
    .map(({ amazonAddress }) => parseCidr(amazonAddress))
    .filter((cidr) => cidr !== undefined)
    .map(networkOf)
}

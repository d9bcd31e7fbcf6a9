import type { AddressFamily } from './addresses/cidr.ts'
import { reached } from './lifecycle.ts'
import { answer, type Decision } from './operation.ts'
import { type Pause, wholeSet } from './paging.ts'
import type { Snapshot } from './snapshot.ts'
import { viewWithoutCarried } from './view.ts'

/** What is seen of every link and every session, one by one. @source behaviour catalogue G.3 */
export interface ObservedCounts {
  readonly links: readonly { readonly connectionId: string; readonly up: boolean; readonly encrypted: boolean }[]
  readonly sessions: readonly {
    readonly virtualInterfaceId: string
    readonly addressFamily: AddressFamily
    readonly up: boolean
    readonly prefixesAccepted: number
    readonly prefixesAdvertised: number
  }[]
}

/** Of all accounts, whatever lists still show. */
export async function countObserved(
  snapshot: Snapshot,
  { pause }: { readonly pause: Pause },
): Promise<Decision<ObservedCounts>> {
  const links: ObservedCounts['links'][number][] = []
  for await (const connections of wholeSet(snapshot, 'connection', 'all', '*', pause)) {
    const { observed } = await viewWithoutCarried(snapshot, { connections })
    for (const { id } of connections) {
      const { up, macSecUp } = observed.link(id)
      links.push({ connectionId: id, up, encrypted: macSecUp })
    }
  }
  const sessions: ObservedCounts['sessions'][number][] = []
  for await (const virtualInterfaces of wholeSet(snapshot, 'virtual-interface', 'all', '*', pause)) {
    const { observed } = await viewWithoutCarried(snapshot, { virtualInterfaces })
    for (const { id, peers } of virtualInterfaces)
      for (const peer of peers)
        if (!reached(peer.deleteAskedAt, snapshot.now))
          sessions.push({
            virtualInterfaceId: id,
            addressFamily: peer.addressFamily,
            up: observed.session(peer.id).up,
            prefixesAccepted: observed.routes(peer.id).length,
            prefixesAdvertised: observed.advertised(peer.id)?.length ?? 0,
          })
  }
  return answer({ links, sessions })
}

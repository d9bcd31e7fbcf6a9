import type { AddressFamily } from './addresses/cidr.ts'
import { reached } from './lifecycle.ts'
import { answer, type Decision } from './operation.ts'
import type { Snapshot } from './snapshot.ts'
import { viewOf } from './view.ts'

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
export async function countObserved(snapshot: Snapshot): Promise<Decision<ObservedCounts>> {
  const connections = await snapshot.list('connection', 'all', '*')
  const virtualInterfaces = await snapshot.list('virtual-interface', 'all', '*')
  const { observed } = await viewOf(snapshot, { connections, virtualInterfaces })
  return answer({
    links: connections.map(({ id }) => {
      const { up, macSecUp } = observed.link(id)
      return { connectionId: id, up, encrypted: macSecUp }
    }),
    sessions: virtualInterfaces.flatMap(({ id, peers }) =>
      peers
        .filter(({ deleteAskedAt }) => !reached(deleteAskedAt, snapshot.now))
        .map((peer) => ({
          virtualInterfaceId: id,
          addressFamily: peer.addressFamily,
          up: observed.session(peer.id).up,
          prefixesAccepted: observed.routes(peer.id).length,
          prefixesAdvertised: observed.advertised(peer.id)?.length ?? 0,
        })),
    ),
  })
}

import type { Router } from '../../linux/frr/router.ts'
import type { DesiredGateway } from '../../product/desired/desired.ts'
import { addressOf, limitLines, mostPrefixes, sessionsOf } from './frr-config/gateway.ts'
import type { Neighbors } from './sessions.ts'

/**
 * Ends the sessions that have a prefix more than they may; returns whether there were any. FRR compares what it has with its
 * limit before it takes another one, so that it takes one more; told one less, it would also end a session of which one
 * of the allowed prefixes changes. Told its limit again, it compares at once (bgp_maximum_prefix_overflow).
 */
export async function endOverfull(gateway: DesiredGateway, router: Router, neighbors: Neighbors): Promise<boolean> {
  const overfull = sessionsOf(gateway).filter(({ session }) => {
    const { bgpState, addressFamilyInfo = {} } = neighbors[addressOf(session.customerAddress)] ?? {}
    const count = addressFamilyInfo[`${session.family}Unicast`]?.acceptedPrefixCounter ?? 0
    return bgpState === 'Established' && count > mostPrefixes(session)
  })
  for (const { session } of overfull) await router.repeat(limitLines(gateway, session))
  return overfull.length > 0
}

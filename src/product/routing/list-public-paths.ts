import { accountNamed } from '../accounts/rules.ts'
import { showCidr } from '../addresses/cidr.ts'
import { missing } from '../fault.ts'
import { targetOf } from '../faults/target.ts'
import { reached } from '../lifecycle.ts'
import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import { checkedDestination, noRoute, pathsFrom, type ShownPath } from './list-paths.ts'
import { choosePublicPaths } from './path-choice.ts'
import { isRegion } from './public-prefixes.ts'
import { without } from './without.ts'

export interface PublicPathQuestion {
  readonly accountId: string
  /** Where traffic comes from. */
  readonly region: string
  /** An address, or a network. */
  readonly destination: string
  /** What is assumed to fail. */
  readonly without?: string | undefined
}

export interface ShownPublicPaths {
  readonly accountId: string
  readonly region: string
  readonly destination: string
  readonly without: string | null
  readonly paths: readonly ShownPath[]
}

/** Which of an account's public virtual interfaces, in whatever Region, traffic from what is public in a Region takes. */
export async function listPublicPaths(
  snapshot: Snapshot,
  input: PublicPathQuestion,
): Promise<Decision<ShownPublicPaths>> {
  const { region } = input
  const { id: accountId } = await accountNamed(snapshot, input.accountId)
  const destination = checkedDestination(input.destination)
  const failing = input.without === undefined ? null : await targetOf(snapshot, input.without)
  if (!isRegion(region)) throw missing('Region', region)
  const owned = await snapshot.list('virtual-interface', 'announcer', accountId)
  const virtualInterfaces = owned.filter(({ deletedAt }) => !reached(deletedAt, snapshot.now))
  const { topology, observed } = await viewOf(snapshot, { virtualInterfaces })
  const seen = failing === null ? observed : without(failing, topology, observed)
  const paths = pathsFrom(virtualInterfaces, destination, seen, snapshot.now, (candidates) =>
    choosePublicPaths(destination, candidates, region),
  )
  return answer({
    accountId,
    region,
    destination: showCidr(destination),
    without: failing,
    paths: paths.map((path) => ({
      ...path,
      // Public routes have none.
      localPreference: null,
      reason: path.reason === noRoute ? `${noRoute} and is known in ${region}` : path.reason,
    })),
  })
}

import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import type { PrefixAllocation } from '../virtual-interfaces/prefix-pools.ts'

/**
 * What the customer's router announces on a virtual interface, until the next one takes its place; closed but never
 * erased.
 */
export interface CustomerRoutes extends Stored {
  readonly virtualInterfaceId: string
  readonly from: number
  readonly until: Instant
  readonly routes: readonly CustomerRoute[]
  /** How many of them our policy accepts, as it was when they were announced. */
  readonly accepted: PrefixAllocation
}

export interface CustomerRoute {
  /** In canonical form. */
  readonly cidr: string
  /** The customer's own ASN left out. */
  readonly asPath?: readonly number[] | undefined
  /** Such as `7224:7300`. */
  readonly communities?: readonly string[] | undefined
  readonly med?: number | undefined
}

export const customerRoutesKind = kind<CustomerRoutes>()({
  sets: (announced) => ({ 'virtual-interface': announced.virtualInterfaceId }),
  claims: () => [],
  hiddenFrom: () => null,
})

import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import type { Tags } from '../tags/rules.ts'

/** A route table of a VPC. Its routes are not stored: they follow from the VPC's blocks and from what is propagated. */
export interface RouteTable extends Stored {
  readonly ownerAccount: string
  readonly region: string
  readonly vpcId: string
  /** Of the VPC's main table, which lives and ends with the VPC; null: any other table. */
  readonly mainAssociationId: string | null
  /** The virtual private gateways that may propagate routes into it. */
  readonly propagating: readonly string[]
  readonly tags: Tags
  /** With which its creation was asked for, so that asking again makes no second one; null: none. */
  readonly clientToken: string | null
  readonly deletedAt: Instant
}

export const routeTableKind = kind<RouteTable>()({
  sets: (table) => ({
    owner: `${table.ownerAccount} ${table.region}`,
    vpc: table.vpcId,
    clientToken: table.clientToken,
  }),
  claims: () => [],
  hiddenFrom: (table) => table.deletedAt,
})

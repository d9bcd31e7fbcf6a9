import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import type { Tags } from '../tags/rules.ts'

/** A part of a VPC's block in one Availability Zone: where a transit gateway can be attached to the VPC. */
export interface Subnet extends Stored {
  readonly ownerAccount: string
  readonly region: string
  readonly vpcId: string
  /** IPv4, in canonical form. */
  readonly cidr: string
  readonly availabilityZone: string
  readonly tags: Tags
  readonly availableAt: Instant
  readonly deletedAt: Instant
}

export const subnetKind = kind<Subnet>()({
  sets: (subnet) => ({ owner: `${subnet.ownerAccount} ${subnet.region}`, vpc: subnet.vpcId }),
  claims: () => [],
  hiddenFrom: (subnet) => subnet.deletedAt,
})

import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import type { Tags } from '../tags/rules.ts'

/** A virtual private cloud: CIDR blocks that Direct Connect can carry traffic to. Nothing runs in it. */
export interface Vpc extends Stored {
  readonly ownerAccount: string
  readonly region: string
  /** IPv4 and IPv6; the first one is the primary block and stays. */
  readonly blocks: readonly VpcBlock[]
  readonly tenancy: Tenancy
  readonly attributes: Readonly<Record<VpcAttribute, boolean>>
  /** What EC2 makes along with every VPC and lets clients read back. */
  readonly dhcpOptionsId: string
  readonly networkAclId: string
  readonly securityGroupId: string
  readonly tags: Tags
  readonly availableAt: Instant
  readonly deletedAt: Instant
}

export interface VpcBlock {
  readonly associationId: string
  /** In canonical form. */
  readonly cidr: string
  readonly associatedAt: Instant
  readonly removeAskedAt: Instant
  readonly removedAt: Instant
}

export const tenancies = ['default', 'dedicated'] as const
export type Tenancy = (typeof tenancies)[number]

/** The switches of a VPC, as DescribeVpcAttribute spells them. */
export const vpcAttributes = ['enableDnsSupport', 'enableDnsHostnames', 'enableNetworkAddressUsageMetrics'] as const
export type VpcAttribute = (typeof vpcAttributes)[number]

export const vpcKind = kind<Vpc>()({
  sets: (vpc) => ({ owner: `${vpc.ownerAccount} ${vpc.region}` }),
  claims: (vpc) =>
    vpc.blocks
      .filter(({ cidr }) => cidr.includes(':'))
      .map((block) => ({ scope: 'vpc ipv6', key: block.cidr, until: vpc.deletedAt ?? block.removedAt })),
  hiddenFrom: (vpc) => vpc.deletedAt,
})

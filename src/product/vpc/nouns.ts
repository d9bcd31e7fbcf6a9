import type { Fault } from '../fault.ts'
import type { Stored } from '../kind.ts'
import { type Instant, reached } from '../lifecycle.ts'
import { type Change, save } from '../operation.ts'
import type { Reads, Snapshot } from '../snapshot.ts'
import type { Tags } from '../tags/rules.ts'
import { faults } from './faults.ts'
import { type RouteTable, routeTableKind } from './route-table.ts'
import { type Subnet, subnetKind } from './subnet.ts'
import { type TransitGateway, transitGatewayKind } from './transit-gateway.ts'
import { type TransitGatewayVpcAttachment, transitGatewayVpcAttachmentKind } from './transit-gateway-vpc-attachment.ts'
import { type Vpc, vpcKind } from './vpc.ts'
import { type VpnGateway, vpnGatewayKind } from './vpn-gateway.ts'

/** What all resources of EC2 have in common here. */
export interface Owned extends Stored {
  readonly ownerAccount: string
  readonly region: string
  readonly tags: Tags
  readonly deletedAt: Instant
}

/** A kind of them, and what EC2 calls it. */
export interface Noun<R extends Owned> {
  /** As tags and ARNs name it. */
  readonly type: string
  readonly idPrefix: string
  readonly notFound: (id: string) => Fault
  readonly hiddenFrom: (record: R) => Instant
  readonly named: (reads: Reads, ids: readonly string[]) => Promise<readonly R[]>
  /** `owner` is an account and a Region. */
  readonly owned: (reads: Reads, owner: string) => Promise<readonly R[]>
  readonly retag: (record: R, tags: Tags) => Change
}

export const vpcs: Noun<Vpc> = {
  type: 'vpc',
  idPrefix: 'vpc-',
  notFound: faults.vpcNotFound,
  hiddenFrom: vpcKind.hiddenFrom,
  named: (reads, ids) => reads.getAll('vpc', ids),
  owned: (reads, owner) => reads.list('vpc', 'owner', owner),
  retag: (vpc, tags) => save('vpc', { ...vpc, tags }),
}

export const vpnGateways: Noun<VpnGateway> = {
  type: 'vpn-gateway',
  idPrefix: 'vgw-',
  notFound: faults.vpnGatewayNotFound,
  hiddenFrom: vpnGatewayKind.hiddenFrom,
  named: (reads, ids) => reads.getAll('vpn-gateway', ids),
  owned: (reads, owner) => reads.list('vpn-gateway', 'owner', owner),
  retag: (gateway, tags) => save('vpn-gateway', { ...gateway, tags }),
}

export const transitGateways: Noun<TransitGateway> = {
  type: 'transit-gateway',
  idPrefix: 'tgw-',
  notFound: faults.transitGatewayNotFound,
  hiddenFrom: transitGatewayKind.hiddenFrom,
  named: (reads, ids) => reads.getAll('transit-gateway', ids),
  owned: (reads, owner) => reads.list('transit-gateway', 'owner', owner),
  retag: (gateway, tags) => save('transit-gateway', { ...gateway, tags }),
}

export const routeTables: Noun<RouteTable> = {
  type: 'route-table',
  idPrefix: 'rtb-',
  notFound: faults.routeTableNotFound,
  hiddenFrom: routeTableKind.hiddenFrom,
  named: (reads, ids) => reads.getAll('route-table', ids),
  owned: (reads, owner) => reads.list('route-table', 'owner', owner),
  retag: (table, tags) => save('route-table', { ...table, tags }),
}

export const subnets: Noun<Subnet> = {
  type: 'subnet',
  idPrefix: 'subnet-',
  notFound: faults.subnetNotFound,
  hiddenFrom: subnetKind.hiddenFrom,
  named: (reads, ids) => reads.getAll('subnet', ids),
  owned: (reads, owner) => reads.list('subnet', 'owner', owner),
  retag: (subnet, tags) => save('subnet', { ...subnet, tags }),
}

export const transitGatewayVpcAttachments: Noun<TransitGatewayVpcAttachment> = {
  type: 'transit-gateway-attachment',
  idPrefix: 'tgw-attach-',
  notFound: faults.transitGatewayAttachmentNotFound,
  hiddenFrom: transitGatewayVpcAttachmentKind.hiddenFrom,
  named: (reads, ids) => reads.getAll('transit-gateway-vpc-attachment', ids),
  owned: (reads, owner) => reads.list('transit-gateway-vpc-attachment', 'owner', owner),
  retag: (attachment, tags) => save('transit-gateway-vpc-attachment', { ...attachment, tags }),
}

/** The account and the Region of the call, as sets are keyed by them. */
export function ownerOf({ caller }: Snapshot): string {
  return `${caller.accountId} ${caller.region}`
}

/** One of the caller's own, in the Region of the call, that is not deleted. Everything else does not exist. */
export async function own<R extends Owned>(snapshot: Snapshot, noun: Noun<R>, id: string): Promise<R> {
  const [record] = await noun.named(snapshot, [id])
  if (record === undefined || !isOwn(snapshot, record) || reached(record.deletedAt, snapshot.now))
    throw noun.notFound(id)
  return record
}

/** Those that are named, or all, oldest first; what was deleted a short while ago may be among them. */
export async function ownAll<R extends Owned>(
  snapshot: Snapshot,
  noun: Noun<R>,
  ids: readonly string[] | undefined,
): Promise<readonly R[]> {
  if (ids === undefined || ids.length === 0) return noun.owned(snapshot, ownerOf(snapshot))
  const records = await noun.named(snapshot, ids)
  const visible = new Map(
    records
      .filter((record) => isOwn(snapshot, record) && !reached(noun.hiddenFrom(record), snapshot.now))
      .map((record) => [record.id, record]),
  )
  const unknown = ids.find((id) => !visible.has(id))
  if (unknown !== undefined) throw noun.notFound(unknown)
  return [...visible.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}

function isOwn({ caller }: Snapshot, record: Owned): boolean {
  return record.ownerAccount === caller.accountId && record.region === caller.region
}

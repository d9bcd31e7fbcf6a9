import { quote } from '../../contract/quote.ts'
import { accountOf, quotaOf } from '../accounts/account.ts'
import { type Cidr, contains, networkOf, overlaps, parseCidr, showCidr } from '../addresses/cidr.ts'
import { reached } from '../lifecycle.ts'
import type { QuotaName } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'
import { endOf } from '../virtual-interfaces/virtual-interface.ts'
import { faults, invalid, refuse } from './faults.ts'
import { blockState } from './lifecycle.ts'
import type { Vpc, VpcBlock } from './vpc.ts'
import type { VpnGateway } from './vpn-gateway.ts'

/**
 * An IPv4 block of a VPC has /16 to /28 and is of no special range. Host bits are cleared, not refused.
 * @source EC2's model, CreateVpc: "we modify it to 100.68.0.0/18"
 */
export function checkedBlock(text: string): Cidr {
  const cidr = parseCidr(text)
  if (cidr === undefined || cidr.family !== 'ipv4') throw invalid('cidrBlock', text, 'This is not a valid CIDR block.')
  if (cidr.length < 16 || cidr.length > 28 || neverInVpc.some((range) => overlaps(range, cidr)))
    throw refuse('InvalidVpc.Range', `The CIDR ${quote(text)} is invalid.`)
  return networkOf(cidr)
}

const ranges = (...texts: readonly string[]): readonly Cidr[] =>
  texts.map(parseCidr).filter((range) => range !== undefined)

const neverInVpc = ranges('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3')

/** Each may be extended by its own only, and nothing else by any of them. */
const closedRanges = ranges('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.19.0.0/16')

/**
 * A further block of a VPC overlaps none of its blocks, and is not of another private range than the first.
 * @source Amazon VPC user guide, "IPv4 CIDR block association restrictions"
 */
export function checkFurtherBlock(vpc: Vpc, added: Cidr, now: number): void {
  const blocks = cidrsOf(vpc, now)
    .map(parseCidr)
    .filter((block) => block !== undefined)
  const text = showCidr(added)
  if (blocks.some((block) => overlaps(block, added)))
    throw refuse('InvalidVpc.Range', `The CIDR '${text}' conflicts with another CIDR block of the VPC ${vpc.id}.`)
  const range = closedRanges.find((closed) => contains(closed, added))
  const first = blocks[0]
  if (range !== undefined && first !== undefined && !contains(range, first))
    throw refuse(
      'InvalidVpc.Range',
      `The CIDR '${text}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR.`,
    )
  const ipv4 = blocks.filter(({ family }) => family === 'ipv4')
  if (ipv4.length >= mostBlocks)
    throw refuse(
      'CidrLimitExceeded',
      `This network '${vpc.id}' has met its maximum number of allowed CIDRs: ${mostBlocks}`,
    )
}

const mostBlocks = 5

/**
 * VPCs behind one Direct Connect gateway are told apart by their blocks, also by those that they get later. Whose the
 * other VPC is, and what it has, is not told.
 * @source behaviour catalogue E.5
 */
export function checkOverlap(added: Cidr, beside: readonly string[]): void {
  const clash = beside.map(parseCidr).find((block) => block !== undefined && overlaps(block, added))
  if (clash !== undefined)
    throw refuse(
      'InvalidVpc.Range',
      `The CIDR '${showCidr(added)}' overlaps another VPC behind the same Direct Connect gateway.`,
    )
}

/** The blocks of a VPC that are on no way out, the first one first: what Direct Connect announces of it. */
export function cidrsOf(vpc: Vpc, now: number): readonly string[] {
  return vpc.blocks.filter((block) => !reached(block.removeAskedAt, now)).map(({ cidr }) => cidr)
}

/** The blocks that are shown: all that are not gone. */
export function visibleBlocks(vpc: Vpc, now: number): readonly VpcBlock[] {
  return vpc.blocks.filter((block) => blockState.at(block, undefined, now) !== 'disassociated')
}

/** A further /56 for a VPC, of the range for documentation; the claim on it makes sure that nobody else has it. */
export function drawIpv6Block(snapshot: Snapshot): string {
  const pool = parseCidr('2001:db8::/32')
  const peers = parseCidr(snapshot.settings.ipv6Block)
  if (pool === undefined) throw new Error('a pool that cannot be read')
  const drawn = snapshot.random(3).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
  const block: Cidr = { family: 'ipv6', address: pool.address | (drawn << 72n), length: 56 }
  // Addresses of BGP peers are of a block of their own.
  const clash = peers !== undefined && overlaps(peers, block)
  return showCidr(clash ? { ...block, address: block.address ^ (1n << 95n) } : block)
}

/** @source EC2's model, CreateVpnGateway and CreateTransitGateway; the four old ones: Terraform's provider */
export function checkedAsn(asn: number | undefined, oldOnes: readonly number[] = []): number {
  if (asn === undefined) return defaultAsn
  const allowed = (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294) || oldOnes.includes(asn)
  if (!allowed)
    throw invalid('amazonSideAsn', asn, 'Specify a private ASN: 64512 to 65534, or 4200000000 to 4294967294.')
  return asn
}

const defaultAsn = 64512

/** The ASNs that virtual private gateways had before they could be chosen. */
export const oldVpnGatewayAsns = [7224, 9059, 10124, 17493] as const

/** The VPC that a gateway is attached to, which may be on its way in or out; null: none. */
export function attachedVpc(gateway: VpnGateway, now: number): string | null {
  const { attachment } = gateway
  return attachment === null || reached(attachment.detachedAt, now) ? null : attachment.vpcId
}

/** @source Amazon VPC quotas, as an operator may raise them */
export async function checkQuota(
  snapshot: Snapshot,
  name: QuotaName,
  present: number,
  code: 'VpcLimitExceeded' | 'VpnGatewayLimitExceeded' | 'TransitGatewayLimitExceeded',
  what: string,
): Promise<void> {
  const quota = quotaOf(snapshot, await accountOf(snapshot, snapshot.caller.accountId), name)
  if (present >= quota) throw refuse(code, `The maximum number of ${what} has been reached.`)
}

/** Whether a virtual interface of the owner ends directly on a virtual private gateway. */
export async function carriesVirtualInterface(snapshot: Snapshot, gateway: VpnGateway): Promise<boolean> {
  const named = await snapshot.list('virtual-interface', 'gateway', gateway.id)
  return named.some((vif) => vif.ownerAccount === gateway.ownerAccount && !reached(endOf(vif), snapshot.now))
}

export function required<T>(value: T | undefined, parameter: string): T {
  if (value === undefined) throw faults.missing(parameter)
  return value
}

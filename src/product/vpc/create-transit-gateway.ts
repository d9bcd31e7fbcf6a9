import { parseCidr, showCidr } from '../addresses/cidr.ts'
import { reached } from '../lifecycle.ts'
import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { invalid } from './faults.ts'
import { ownerOf } from './nouns.ts'
import { checkedAsn, checkQuota } from './rules.ts'
import { showTransitGateway } from './show.ts'
import { type TagSpecification, tagsFor } from './tags.ts'
import {
  type Switch,
  type TransitGateway,
  type TransitGatewaySwitch,
  transitGatewaySwitches,
} from './transit-gateway.ts'

export type SwitchesInput = { readonly [S in TransitGatewaySwitch]?: string | undefined }

export interface CreateTransitGatewayInput {
  readonly Description?: string | undefined
  readonly Options?:
    | (SwitchesInput & {
        readonly AmazonSideAsn?: number | undefined
        readonly TransitGatewayCidrBlocks?: readonly string[] | undefined
      })
    | undefined
  readonly TagSpecification?: readonly TagSpecification[] | undefined
}

export async function CreateTransitGateway(
  snapshot: Snapshot,
  input: CreateTransitGatewayInput,
): Promise<Decision<{ readonly transitGateway: ReturnType<typeof showTransitGateway> }>> {
  const { now, caller, settings } = snapshot
  const { Options: options = {} } = input
  const present = await snapshot.list('transit-gateway', 'owner', ownerOf(snapshot))
  const living = present.filter((gateway) => !reached(gateway.deleteAskedAt, now))
  await checkQuota(
    snapshot,
    'transitGatewaysPerRegion',
    living.length,
    'TransitGatewayLimitExceeded',
    'transit gateways',
  )

  const switches = { ...transitGatewaySwitches, ...switchesIn(transitGatewaySwitches, options) }
  const routeTableId = snapshot.id('tgw-rtb')
  const gateway: TransitGateway = {
    id: snapshot.id('tgw'),
    createdAt: now,
    ownerAccount: caller.accountId,
    region: caller.region,
    description: input.Description ?? '',
    amazonSideAsn: checkedAsn(options.AmazonSideAsn),
    switches,
    cidrBlocks: checkedTransitBlocks(options.TransitGatewayCidrBlocks ?? []),
    associationRouteTableId: switches.DefaultRouteTableAssociation === 'enable' ? routeTableId : null,
    propagationRouteTableId: switches.DefaultRouteTablePropagation === 'enable' ? routeTableId : null,
    tags: tagsFor('transit-gateway', input.TagSpecification),
    availableAt: now + settings.timing.provision,
    modifiedAt: null,
    deleteAskedAt: null,
    deletedAt: null,
  }
  return {
    changes: [create('transit-gateway', gateway)],
    show: () => ({ transitGateway: showTransitGateway(gateway, now) }),
  }
}

/** The switches that are given, each `enable` or `disable`. */
export function switchesIn<S extends string>(
  table: Readonly<Record<S, Switch>>,
  options: { readonly [N in NoInfer<S>]?: string | undefined },
): Partial<Record<S, Switch>> {
  const switches: Partial<Record<S, Switch>> = {}
  // Object.keys forgets what TypeScript knows: the names are those of the table.
  for (const name of Object.keys(table) as S[]) {
    const value: string | undefined = options[name]
    if (value === undefined) continue
    if (value !== 'enable' && value !== 'disable') throw invalid(name, value, 'It must be enable or disable.')
    switches[name] = value
  }
  return switches
}

/** /24 or larger in IPv4, /64 or larger in IPv6. @source EC2's model, TransitGatewayCidrBlocks */
export function checkedTransitBlocks(texts: readonly string[]): readonly string[] {
  return texts.map((text) => {
    const cidr = parseCidr(text)
    if (cidr === undefined || cidr.length > (cidr.family === 'ipv4' ? 24 : 64))
      throw invalid('transitGatewayCidrBlocks', text, 'It must be a CIDR block of at least /24, or /64 in IPv6.')
    return showCidr(cidr)
  })
}

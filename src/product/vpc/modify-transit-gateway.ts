import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { checkedTransitBlocks, type SwitchesInput, switchesIn } from './create-transit-gateway.ts'
import { faults, invalid, refuse } from './faults.ts'
import { own, transitGateways } from './nouns.ts'
import { checkedAsn } from './rules.ts'
import { showTransitGateway } from './show.ts'
import { type Switch, type TransitGateway, transitGatewaySwitches } from './transit-gateway.ts'
import { attachmentsOf } from './transit-gateway-attachment.ts'

export interface ModifyTransitGatewayInput {
  readonly TransitGatewayId: string
  readonly Description?: string | undefined
  readonly Options?:
    | (SwitchesInput & {
        readonly AmazonSideAsn?: number | undefined
        readonly AddTransitGatewayCidrBlocks?: readonly string[] | undefined
        readonly RemoveTransitGatewayCidrBlocks?: readonly string[] | undefined
        readonly AssociationDefaultRouteTableId?: string | undefined
        readonly PropagationDefaultRouteTableId?: string | undefined
      })
    | undefined
}

/** Its ASN can change only while no Direct Connect gateway is attached. */
export async function ModifyTransitGateway(
  snapshot: Snapshot,
  input: ModifyTransitGatewayInput,
): Promise<Decision<{ readonly transitGateway: ReturnType<typeof showTransitGateway> }>> {
  const { now, settings } = snapshot
  const gateway = await own(snapshot, transitGateways, input.TransitGatewayId)
  if (reached(gateway.deleteAskedAt, now)) throw refuse('IncorrectState', `${gateway.id} is being deleted.`)
  const { Options: options = {} } = input
  if (options.AmazonSideAsn !== undefined && options.AmazonSideAsn !== gateway.amazonSideAsn) {
    const attached = await attachmentsOf(snapshot, gateway.id)
    const peering = attached.filter(({ resourceType }) => resourceType === 'direct-connect-gateway')
    if (peering.length > 0) throw faults.transitGatewayInUse(gateway.id, peering)
  }
  const switches = { ...gateway.switches, ...switchesIn(transitGatewaySwitches, options) }
  const removed = new Set(checkedTransitBlocks(options.RemoveTransitGatewayCidrBlocks ?? []))
  const added = checkedTransitBlocks(options.AddTransitGatewayCidrBlocks ?? [])
  const modified: TransitGateway = {
    ...gateway,
    description: input.Description ?? gateway.description,
    amazonSideAsn: checkedAsn(options.AmazonSideAsn ?? gateway.amazonSideAsn),
    switches,
    cidrBlocks: [...new Set([...gateway.cidrBlocks, ...added])].filter((cidr) => !removed.has(cidr)),
    ...defaultTables(snapshot, gateway, switches, options),
    modifiedAt: now + settings.timing.provision,
  }
  return {
    changes: [save('transit-gateway', modified)],
    show: () => ({ transitGateway: showTransitGateway(modified, now) }),
  }
}

/** One route table serves both purposes; it comes when one of them is switched on first, and is the only one there is. */
function defaultTables(
  snapshot: Snapshot,
  gateway: TransitGateway,
  switches: TransitGateway['switches'],
  options: NonNullable<ModifyTransitGatewayInput['Options']>,
) {
  const present = gateway.associationRouteTableId ?? gateway.propagationRouteTableId
  for (const id of [options.AssociationDefaultRouteTableId, options.PropagationDefaultRouteTableId])
    if (id !== undefined && id !== present)
      throw invalid('transitGatewayRouteTableId', id, `It is no route table of ${gateway.id}.`)
  const table = present ?? snapshot.id('tgw-rtb')
  const when = (state: Switch) => (state === 'enable' ? table : null)
  return {
    associationRouteTableId: when(switches.DefaultRouteTableAssociation),
    propagationRouteTableId: when(switches.DefaultRouteTablePropagation),
  }
}

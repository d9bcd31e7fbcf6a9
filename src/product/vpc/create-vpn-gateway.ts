import { reached } from '../lifecycle.ts'
import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { invalid } from './faults.ts'
import { ownerOf } from './nouns.ts'
import { checkedAsn, checkQuota, oldVpnGatewayAsns } from './rules.ts'
import { showVpnGateway } from './show.ts'
import { type TagSpecification, tagsFor } from './tags.ts'
import type { VpnGateway } from './vpn-gateway.ts'

export interface CreateVpnGatewayInput {
  readonly Type: string
  readonly AvailabilityZone?: string | undefined
  readonly AmazonSideAsn?: number | undefined
  readonly TagSpecification?: readonly TagSpecification[] | undefined
}

export async function CreateVpnGateway(
  snapshot: Snapshot,
  input: CreateVpnGatewayInput,
): Promise<Decision<{ readonly vpnGateway: ReturnType<typeof showVpnGateway> }>> {
  const { now, caller, settings } = snapshot
  if (input.Type !== 'ipsec.1') throw invalid('type', input.Type, 'It must be ipsec.1.')
  const zone = input.AvailabilityZone ?? ''
  if (zone !== '' && !(zone.startsWith(caller.region) && /^[a-z]$/.test(zone.slice(caller.region.length))))
    throw invalid('availabilityZone', zone, `It is no Availability Zone of ${caller.region}.`)
  const present = await snapshot.list('vpn-gateway', 'owner', ownerOf(snapshot))
  const living = present.filter((gateway) => !reached(gateway.deleteAskedAt, now))
  await checkQuota(
    snapshot,
    'virtualPrivateGatewaysPerRegion',
    living.length,
    'VpnGatewayLimitExceeded',
    'virtual private gateways',
  )

  const gateway: VpnGateway = {
    id: snapshot.id('vgw'),
    createdAt: now,
    ownerAccount: caller.accountId,
    region: caller.region,
    amazonSideAsn: checkedAsn(input.AmazonSideAsn, oldVpnGatewayAsns),
    availabilityZone: zone === '' ? null : zone,
    attachment: null,
    tags: tagsFor('vpn-gateway', input.TagSpecification),
    availableAt: now + settings.timing.provision,
    deleteAskedAt: null,
    deletedAt: null,
  }
  return {
    changes: [create('vpn-gateway', gateway)],
    show: () => ({ vpnGateway: showVpnGateway(gateway, now) }),
  }
}

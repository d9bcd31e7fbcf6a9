// What Terraform's data sources ask, and how they choose from the answer.
import assert from 'node:assert/strict'
import {
  DescribeConnectionsCommand,
  DescribeLocationsCommand,
  DescribeRouterConfigurationCommand,
} from '@aws-sdk/client-direct-connect'
import { arnOf, describeTags, type Provider, pages, tagMap, taken } from '../../tools/terraform-provider.ts'
import { gateways } from './resources/aws-dx-gateway.ts'

/** Of none and of several a data source can choose none. */
function theOne<T>(found: readonly T[]): T {
  const [one] = found
  assert.ok(one !== undefined && found.length === 1, `wanted exactly one, got ${found.length}`)
  return one
}

/** `aws_dx_connection`: by its name; the state is not looked at. */
export async function connectionNamed(provider: Provider, name: string) {
  const { connections = [] } = await provider.directConnect.send(new DescribeConnectionsCommand({}))
  const connection = theOne(connections.filter(({ connectionName }) => connectionName === name))
  const { connectionId = '', region = '', ownerAccount = '' } = connection
  const arn = arnOf(provider, region, ownerAccount, `dxcon/${connectionId}`)
  return {
    arn,
    aws_device: connection.awsDeviceV2 ?? '',
    bandwidth: connection.bandwidth ?? '',
    id: connectionId,
    location: connection.location ?? '',
    name,
    owner_account_id: ownerAccount,
    partner_name: connection.partnerName ?? '',
    provider_name: connection.providerName ?? '',
    tags: await describeTags(provider, arn),
    vlan_id: connection.vlan ?? 0,
  }
}

/** `aws_dx_connections`: all, with the tags of the same answer. */
export async function connections(provider: Provider) {
  const all = await pages(async (nextToken) => {
    const page = await provider.directConnect.send(new DescribeConnectionsCommand({ nextToken }))
    return { items: page.connections ?? [], nextToken: page.nextToken ?? '' }
  })
  return all.map((connection) => ({
    arn: arnOf(provider, connection.region ?? '', connection.ownerAccount ?? '', `dxcon/${connection.connectionId}`),
    id: connection.connectionId,
    name: connection.connectionName,
    state: connection.connectionState,
    tags: tagMap(connection.tags),
  }))
}

/** `aws_dx_gateway`: by its name, on all pages. */
export async function gatewayNamed(provider: Provider, name: string) {
  const gateway = theOne((await gateways(provider)).filter((each) => each.directConnectGatewayName === name))
  return {
    amazon_side_asn: String(gateway.amazonSideAsn ?? 0),
    id: gateway.directConnectGatewayId ?? '',
    name,
    owner_account_id: gateway.ownerAccount ?? '',
  }
}

async function describeLocations({ directConnect }: Provider) {
  const { locations = [] } = await directConnect.send(new DescribeLocationsCommand({}))
  return locations
}

/** `aws_dx_location`. */
export async function locationOf(provider: Provider, code: string) {
  const location = theOne((await describeLocations(provider)).filter(({ locationCode }) => locationCode === code))
  return {
    available_macsec_port_speeds: location.availableMacSecPortSpeeds ?? [],
    available_port_speeds: location.availablePortSpeeds ?? [],
    available_providers: location.availableProviders ?? [],
    location_name: location.locationName ?? '',
  }
}

/** `aws_dx_locations`, in the order that the acceptance tests bring its set into. */
export async function locationCodes(provider: Provider): Promise<readonly string[]> {
  return (await describeLocations(provider)).map(({ locationCode }) => taken(locationCode)).toSorted()
}

/** `aws_dx_router_configuration`. */
export async function routerConfiguration(
  { directConnect }: Provider,
  virtualInterfaceId: string,
  routerTypeIdentifier: string,
) {
  const answer = await directConnect.send(
    new DescribeRouterConfigurationCommand({ virtualInterfaceId, routerTypeIdentifier }),
  )
  const router = taken(answer.router)
  return {
    id: `${virtualInterfaceId}:${routerTypeIdentifier}`,
    customer_router_config: answer.customerRouterConfig ?? '',
    router: {
      platform: router.platform ?? '',
      router_type_identifier: router.routerTypeIdentifier ?? '',
      software: router.software ?? '',
      vendor: router.vendor ?? '',
      xslt_template_name: router.xsltTemplateName ?? '',
      xslt_template_name_for_mac_sec: router.xsltTemplateNameForMacSec ?? '',
    },
    virtual_interface_name: answer.virtualInterfaceName ?? '',
  }
}

import { CreateConnection } from '../../product/connections/create-connection.ts'
import { AllocateHostedConnection } from '../../product/hosted/allocate-hosted-connection.ts'
import { ConfirmConnection } from '../../product/hosted/confirm-connection.ts'
import { CreateInterconnect } from '../../product/interconnects/create-interconnect.ts'
import { CreatePrivateVirtualInterface } from '../../product/virtual-interfaces/create-private-virtual-interface.ts'
import { AttachVpnGateway } from '../../product/vpc/attach-vpn-gateway.ts'
import { CreateVpc } from '../../product/vpc/create-vpc.ts'
import { CreateVpnGateway } from '../../product/vpc/create-vpn-gateway.ts'
import type { Seed, SeedEnvironment } from '../seeds.ts'
import type { Account, Seeding } from './seeding.ts'

/**
 * One acceptance test of Terraform's AWS provider imports its connection into a configuration that says where the
 * connection is and how fast (connection_test.go, encryptionMode), so it is there and so fast.
 */
const place = { location: 'CSOW', bandwidth: '100Gbps' } as const
const region = 'us-west-1'

/**
 * What the acceptance tests of Terraform's AWS provider take for granted, and skip without: two accounts, a connection
 * that is available and a virtual interface on it; a partner's interconnect with a hosted connection; a VPC and its
 * gateway. The variables have the names that these tests read; those of which they have none begin with DX_SEED_.
 */
export const terraform: Seed = { region, make }

async function make(seeding: Seeding): Promise<SeedEnvironment> {
  const customer = await seeding.account(
    'customer',
    { name: 'Terraform', kind: 'customer' },
    of('000000000000', 'test'),
  )
  const alternate = await seeding.account(
    'alternate',
    { name: 'Terraform alternate', kind: 'customer' },
    of('222222222222', '222222222222'),
  )
  const partner = await seeding.account('partner', { name: 'Partner', kind: 'partner' }, of('111111111111', 'partner'))

  const name = 'terraform'
  const connectionId = await seeding.once('connection', 'connection', async () => {
    const order = { ...place, connectionName: name, requestMACSec: true }
    return (await seeding.ask(customer, 'CreateConnection', CreateConnection, order)).connectionId
  })
  const interconnectId = await seeding.once('connection', 'interconnect', async () => {
    const order = { location: place.location, bandwidth: '10Gbps', interconnectName: name }
    return (await seeding.ask(partner, 'CreateInterconnect', CreateInterconnect, order)).interconnectId
  })
  const hostedConnectionId = await seeding.once('connection', 'hosted connection', async () => {
    const offer = { connectionId: interconnectId, ownerAccount: customer.accountId, bandwidth: '500Mbps', vlan: 101 }
    const { connectionId: offered = '' } = await seeding.ask(
      partner,
      'AllocateHostedConnection',
      AllocateHostedConnection,
      { ...offer, connectionName: `${name} hosted` },
    )
    await seeding.ask(customer, 'ConfirmConnection', ConfirmConnection, { connectionId: offered })
    return offered
  })
  const vpcId = await seeding.once('vpc', 'vpc', async () => {
    const { vpc } = await seeding.askEc2(customer, 'CreateVpc', CreateVpc, { CidrBlock: '10.72.0.0/16' })
    return vpc.vpcId
  })
  const vpnGatewayId = await seeding.once('vpn-gateway', 'VPN gateway', async () => {
    const order = { Type: 'ipsec.1' }
    const { vpnGateway } = await seeding.askEc2(customer, 'CreateVpnGateway', CreateVpnGateway, order)
    const pair = { VpcId: vpcId, VpnGatewayId: vpnGateway.vpnGatewayId }
    await seeding.askEc2(customer, 'AttachVpnGateway', AttachVpnGateway, pair)
    return vpnGateway.vpnGatewayId
  })
  const virtualInterfaceId = await seeding.once('virtual-interface', 'virtual interface', async () => {
    const order = { virtualInterfaceName: name, vlan: 101, asn: 65_000, virtualGatewayId: vpnGatewayId }
    const made = await seeding.ask(customer, 'CreatePrivateVirtualInterface', CreatePrivateVirtualInterface, {
      connectionId,
      newPrivateVirtualInterface: order,
    })
    return made.virtualInterfaceId
  })

  return [
    {
      title: "for Terraform, and for the acceptance tests of Terraform's AWS provider",
      variables: {
        TF_ACC: '1',
        AWS_DEFAULT_REGION: region,
        AWS_ALTERNATE_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: customer.accessKeyId,
        AWS_SECRET_ACCESS_KEY: customer.secretAccessKey,
        AWS_ALTERNATE_ACCESS_KEY_ID: alternate.accessKeyId,
        AWS_ALTERNATE_SECRET_ACCESS_KEY: alternate.secretAccessKey,
        DX_CONNECTION_ID: connectionId,
        DX_CONNECTION_NAME: name,
        DX_VIRTUAL_INTERFACE_ID: virtualInterfaceId,
        VIRTUAL_INTERFACE_ID: virtualInterfaceId,
        DX_SEED_HOSTED_CONNECTION_ID: hostedConnectionId,
        DX_SEED_VPN_GATEWAY_ID: vpnGatewayId,
        DX_SEED_VPC_ID: vpcId,
      },
    },
    {
      title: 'for its test of aws_dx_connection_confirmation, whose second account is a partner',
      variables: {
        AWS_ALTERNATE_ACCESS_KEY_ID: partner.accessKeyId,
        AWS_ALTERNATE_SECRET_ACCESS_KEY: partner.secretAccessKey,
        TEST_AWS_DX_CONNECTION_ID: interconnectId,
        TEST_AWS_DX_OWNER_ACCOUNT_ID: customer.accountId,
      },
    },
  ]
}

/** A development credential. */
function of(accountId: string, accessKeyId: string): Account {
  return { accountId, accessKeyId, secretAccessKey: 'test' }
}

// What went wrong for people who test Terraform's AWS provider, as a test.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { started, temporary } from '../../start/process.ts'
import { python, skipWithout } from '../../tools/clients.ts'
import { runWith } from '../../tools/run.ts'

describe("the acceptance tests of Terraform's provider", skipWithout('boto3', python), () => {
  // hashicorp/terraform-provider-aws PR #3252, #8522, #3255, #44208: they skip themselves unless somebody has a connection
  // that is available and a second account; one of them takes from 6 to 18 minutes.
  test('nobody ran them, for want of a connection and of a second account', async () => {
    using home = temporary()
    await using server = await started(home.path, { args: ['--seed', 'terraform', '--timing', 'instant'] })
    const printed = [...server.stdout().matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ])
    // What the test of aws_dx_hosted_private_virtual_interface does, in the order in which Terraform does it.
    const { status, stdout, stderr } = await runWith(
      { ...Object.fromEntries(printed), HOME: home.path },
      python ?? '',
      [
        '-c',
        `
import boto3, os
env = os.environ
def client(service, prefix):
    return boto3.client(service, endpoint_url=env['AWS_ENDPOINT_URL'], region_name=env['AWS_DEFAULT_REGION'],
        aws_access_key_id=env[prefix + 'ACCESS_KEY_ID'], aws_secret_access_key=env[prefix + 'SECRET_ACCESS_KEY'])
first, second = client('directconnect', 'AWS_'), client('directconnect', 'AWS_ALTERNATE_')
gateway = client('ec2', 'AWS_ALTERNATE_').create_vpn_gateway(Type='ipsec.1')['VpnGateway']['VpnGatewayId']
account = client('sts', 'AWS_ALTERNATE_').get_caller_identity()['Account']
id = first.allocate_private_virtual_interface(connectionId=env['DX_CONNECTION_ID'], ownerAccount=account,
    newPrivateVirtualInterfaceAllocation={'virtualInterfaceName': 'hosted', 'vlan': 2049, 'asn': 65352,
        'addressFamily': 'ipv4', 'mtu': 1500})['virtualInterfaceId']
state = lambda dx: dx.describe_virtual_interfaces(virtualInterfaceId=id)['virtualInterfaces'][0]['virtualInterfaceState']
seen = [state(first)]
second.confirm_private_virtual_interface(virtualInterfaceId=id, virtualGatewayId=gateway)
while state(second) == 'pending': pass
seen.append(state(second))
first.delete_virtual_interface(virtualInterfaceId=id)
while state(first) == 'deleting': pass
seen.append(state(first))
print(*seen)
`,
      ],
    )
    assert.deepEqual([status, stdout, stderr], [0, 'confirming available deleted\n', ''])
  })
})

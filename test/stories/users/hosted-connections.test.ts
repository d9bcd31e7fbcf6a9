// What went wrong for people who take hosted connections from a partner, each as a test.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { awsCli, python, skipWithout } from '../../tools/clients.ts'
import { aws, awsDirectConnect } from '../../tools/run.ts'
import { startServer, type TestServer } from '../../tools/server.ts'
import { script } from './script.ts'

const partner = { key: 'partner' }
const customer = { key: '111122223333' }

async function interconnect(server: TestServer): Promise<string> {
  const words = ['--interconnect-name', 'i', '--bandwidth', '10Gbps', '--location', 'EqDC2']
  return (await aws(server, ['create-interconnect', ...words], partner)).interconnectId
}

async function offer(server: TestServer, parent: string, vlan = 101): Promise<string> {
  const order = { ownerAccount: customer.key, bandwidth: '500Mbps', connectionName: 'offer', vlan }
  const words = ['--connection-id', parent, '--cli-input-json', JSON.stringify(order)]
  return (await aws(server, ['allocate-hosted-connection', ...words], partner)).connectionId
}

describe('hosted connections, as users met them', skipWithout('the AWS CLI', awsCli), () => {
  // hashicorp/terraform-provider-aws #43499, #25912: one provider version reads a new hosted connection with its own id,
  // another one asks for the parent and picks. AWS refuses the first; here both find it.
  test('a new hosted connection could not be read back with its own id', async () => {
    await using server = await startServer({ timing: 'instant' })
    const parent = await interconnect(server)
    const connectionId = await offer(server, parent)
    await offer(server, parent, 102)
    const ask = async (id: string) =>
      (await aws(server, ['describe-hosted-connections', '--connection-id', id], partner)).connections
    const own = await ask(connectionId)
    assert.equal(own.length, 1)
    assert.deepEqual(
      own[0],
      (await ask(parent)).find((each: { connectionId: string }) => each.connectionId === connectionId),
    )
    assert.equal(own[0].ownerAccount, customer.key)
    const gone = await awsDirectConnect(
      server,
      ['describe-hosted-connections', '--connection-id', 'dxcon-f0000000'],
      partner,
    )
    assert.match(gone.stderr, /DirectConnectClientException.*Could not find Connection with ID dxcon-f0000000/)
  })

  // aws/aws-sdk-go #2717: only hosted connections can be confirmed, and the message says what is in the way.
  test('a dedicated connection that was just requested was confirmed', async () => {
    await using server = await startServer({ timing: 'aws' })
    const words = ['--connection-name', 'c', '--bandwidth', '1Gbps', '--location', 'EqDC2']
    const { connectionId } = await aws(server, ['create-connection', ...words])
    const { stderr } = await awsDirectConnect(server, ['confirm-connection', '--connection-id', connectionId])
    assert.match(
      stderr,
      new RegExp(
        `\\(DirectConnectClientException\\).*: ConfirmConnection failed\\. ${connectionId} is in state requested\\n?$`,
      ),
    )
  })
})

describe('states, as users met them', skipWithout('boto3', python), () => {
  // hashicorp/terraform-provider-aws #26565, #26335: aws_dx_connection_confirmation waits for `available` and gives up at
  // `down`; run again, it confirms what is available already.
  test('a confirmation met a connection that was down, and one that was available already', async () => {
    // What is asked for takes minutes, so that only the clock moves it on.
    await using server = await startServer({ timing: 'aws', provisioning: 'automatic' })
    const seen = await script(
      server,
      `
partner = client('partner')
parent = partner.create_interconnect(interconnectName='i', bandwidth='10Gbps', location='EqDC2')['interconnectId']
advance(72 * 3600)
operator('POST', '/connections/%s/cable' % parent)
id = partner.allocate_hosted_connection(connectionId=parent, ownerAccount='000000000000', bandwidth='500Mbps',
    connectionName='offer', vlan=101)['connectionId']
state = lambda: connection(id)['connectionState']
seen = {'id': id, 'offered': state()}
seen['answer'] = dx.confirm_connection(connectionId=id)['connectionState']
seen['confirmed'] = state()
advance(600)
seen['later'] = state()
operator('POST', '/faults', {'target': parent, 'kind': 'down', 'seconds': 60})
seen['cut'] = state()
advance(60)
seen['mended'] = state()
seen['again'] = refused(dx.confirm_connection, connectionId=id)
show(seen)
`,
    )
    assert.deepEqual(
      [seen.offered, seen.answer, seen.confirmed, seen.later, seen.cut, seen.mended],
      ['ordering', 'pending', 'pending', 'available', 'down', 'available'],
    )
    assert.deepEqual(seen.again, {
      code: 'DirectConnectClientException',
      message: `ConfirmConnection failed. ${seen.id} is in state available`,
    })
  })

  // hashicorp/terraform-provider-aws #11594: "unexpected state 'approving'". Terraform knows a closed set of states.
  test('a resource was in a state that no client knows', async () => {
    await using server = await startServer({ timing: 'fast' })
    const seen = await script(
      server,
      `
from botocore.session import get_session
model = get_session().get_service_model('directconnect')
known = {name: model.shape_for(name).enum for name in ('ConnectionState', 'InterconnectState', 'LagState',
    'VirtualInterfaceState', 'BGPPeerState', 'BGPStatus', 'DirectConnectGatewayState',
    'DirectConnectGatewayAttachmentState')}
seen = {name: [] for name in known}
def saw(name, state):
    if state not in seen[name]: seen[name].append(state)
partner = client('partner')
def look():
    for c in dx.describe_connections()['connections']: saw('ConnectionState', c['connectionState'])
    for l in dx.describe_lags()['lags']: saw('LagState', l['lagState'])
    for i in partner.describe_interconnects()['interconnects']: saw('InterconnectState', i['interconnectState'])
    for v in dx.describe_virtual_interfaces()['virtualInterfaces']:
        saw('VirtualInterfaceState', v['virtualInterfaceState'])
        for p in v['bgpPeers']:
            saw('BGPPeerState', p['bgpPeerState'])
            saw('BGPStatus', p['bgpStatus'])
    for g in dx.describe_direct_connect_gateways()['directConnectGateways']:
        saw('DirectConnectGatewayState', g['directConnectGatewayState'])
        of = dx.describe_direct_connect_gateway_attachments(directConnectGatewayId=g['directConnectGatewayId'])
        for a in of['directConnectGatewayAttachments']:
            saw('DirectConnectGatewayAttachmentState', a['attachmentState'])
def watch():
    for _ in range(4):
        look()
        advance(1)
place = {'location': 'EqDC2', 'bandwidth': '10Gbps'}
port = dx.create_connection(connectionName='c', **place)['connectionId']
lag = dx.create_lag(numberOfConnections=1, location='EqDC2', connectionsBandwidth='10Gbps', lagName='l')['lagId']
parent = partner.create_interconnect(interconnectName='i', **place)['interconnectId']
gateway = dx.create_direct_connect_gateway(directConnectGatewayName='g')['directConnectGateway']['directConnectGatewayId']
watch()
hosted = partner.allocate_hosted_connection(connectionId=parent, ownerAccount='000000000000', bandwidth='50Mbps',
    connectionName='h', vlan=5)['connectionId']
look()
dx.confirm_connection(connectionId=hosted)
private = dx.create_private_virtual_interface(connectionId=port, newPrivateVirtualInterface={
    'virtualInterfaceName': 'p', 'vlan': 101, 'asn': 65000, 'directConnectGatewayId': gateway})['virtualInterfaceId']
public = dx.create_public_virtual_interface(connectionId=lag, newPublicVirtualInterface={
    'virtualInterfaceName': 'p', 'vlan': 102, 'asn': 65000, 'amazonAddress': '203.0.113.1/30',
    'customerAddress': '203.0.113.2/30', 'routeFilterPrefixes': [{'cidr': '198.51.100.0/24'}]})['virtualInterfaceId']
offered = dx.allocate_private_virtual_interface(connectionId=port, ownerAccount='444455556666',
    newPrivateVirtualInterfaceAllocation={'virtualInterfaceName': 'o', 'vlan': 103, 'asn': 65000})['virtualInterfaceId']
watch()
for target in (port, lag):
    operator('POST', '/faults', {'target': target, 'kind': 'down', 'seconds': 2})
watch()
for id in (private, public, offered):
    dx.delete_virtual_interface(virtualInterfaceId=id)
watch()
dx.delete_direct_connect_gateway(directConnectGatewayId=gateway)
dx.delete_connection(connectionId=port)
dx.delete_connection(connectionId=hosted)
member = dx.describe_lags(lagId=lag)['lags'][0]['connections'][0]['connectionId']
dx.delete_connection(connectionId=member)
dx.delete_lag(lagId=lag)
advance(2)
partner.delete_interconnect(interconnectId=parent)
watch()
show({'known': known, 'seen': seen})
`,
    )
    for (const [name, states] of Object.entries<string[]>(seen.seen)) {
      for (const state of states) assert.ok(seen.known[name].includes(state), `${name} ${state}`)
      assert.ok(states.length > 1, `${name}: ${states}`)
    }
    // What Terraform's waiter takes for a connection on its way (the provider's connection_confirmation.go).
    const { ConnectionState: states } = seen.seen
    for (const state of ['requested', 'ordering', 'pending', 'available', 'down']) assert.ok(states.includes(state))
    for (const state of states) assert.match(state, /^(requested|ordering|pending|available|down|deleting|deleted)$/)
  })
})

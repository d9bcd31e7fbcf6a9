// Two customers and a partner, with boto3: what each may do, and what each sees of the others.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { python, skipWithout } from '../tools/clients.ts'
import { boto3 } from '../tools/run.ts'
import { startServer } from '../tools/server.ts'

const prelude = `
alice, bob, partner = '111122223333', '444455556666', client('partner')
a, b = client(alice), client(bob)
def of(dx, id):
    return dx.describe_connections(connectionId=id)['connections'][0]
def vif(dx, id):
    return dx.describe_virtual_interfaces(virtualInterfaceId=id)['virtualInterfaces'][0]
`

describe('two customers and a partner', skipWithout('boto3', python), () => {
  test('a hosted connection is accepted, rejected, and deleted from each side', async () => {
    await using server = await startServer({ timing: 'instant' })
    const ids = await boto3(
      server,
      `${prelude}
parent = partner.create_interconnect(interconnectName='i', bandwidth='10Gbps', location='EqDC2')['interconnectId']
def host(owner, vlan):
    return partner.allocate_hosted_connection(connectionId=parent, ownerAccount=owner, bandwidth='500Mbps',
        connectionName='h%d' % vlan, vlan=vlan, tags=[{'key': 'for', 'value': owner}])['connectionId']
ids = [host(alice, vlan) for vlan in (101, 102, 103, 104)]
show({'parent': parent, 'ids': ids, 'taken': refused(partner.allocate_hosted_connection, connectionId=parent,
    ownerAccount=bob, bandwidth='500Mbps', connectionName='again', vlan=101)})
`,
    )
    assert.match(ids.taken.message, /VLAN 101 is already in use/)
    await server.restart()
    const given = `${prelude}\nparent, ids = ${JSON.stringify(ids.parent)}, ${JSON.stringify(ids.ids)}\n`
    const seen = await boto3(
      server,
      `${given}
first, second, third, fourth = ids
seen = {'ordering': of(a, first), 'bob': refused(b.describe_connections, connectionId=first),
        'bob confirms': refused(b.confirm_connection, connectionId=first),
        'partner confirms': refused(partner.confirm_connection, connectionId=first)}
seen['confirmed'] = a.confirm_connection(connectionId=first)['connectionState']
seen['twice'] = refused(a.confirm_connection, connectionId=first)
seen['rejected'] = a.delete_connection(connectionId=second)['connectionState']
seen['withdrawn'] = partner.delete_connection(connectionId=third)['connectionState']
a.confirm_connection(connectionId=fourth)
seen['given up'] = a.delete_connection(connectionId=fourth)['connectionState']
seen['states'] = {id: of(a, id)['connectionState'] for id in ids}
seen['listed'] = [c['connectionId'] for c in a.describe_connections()['connections']]
seen['hosted'] = partner.describe_hosted_connections(connectionId=parent)['connections']
seen['free again'] = partner.allocate_hosted_connection(connectionId=parent, ownerAccount=bob, bandwidth='50Mbps',
    connectionName='reused', vlan=102)['connectionState']
show(seen)
`,
    )
    assert.equal(seen.ordering.connectionState, 'ordering')
    assert.equal(seen.ordering.partnerName, 'Partner')
    assert.equal(seen.ordering.ownerAccount, '111122223333')
    for (const stranger of ['bob', 'bob confirms', 'partner confirms'])
      assert.match(seen[stranger].message, /Could not find Connection with ID/, stranger)
    assert.equal(seen.confirmed, 'pending')
    assert.match(seen.twice.message, /ConfirmConnection failed\. dxcon-\w+ is in state available/)
    assert.equal(seen.rejected, 'rejected')
    assert.equal(seen.withdrawn, 'deleting')
    assert.equal(seen['given up'], 'deleting')
    const [first, second, third, fourth] = ids.ids
    assert.deepEqual(seen.states, {
      [first]: 'available',
      [second]: 'rejected',
      [third]: 'deleted',
      [fourth]: 'deleted',
    })
    assert.deepEqual(seen.listed, [first, second], 'lists drop what is deleted')
    assert.ok(seen.hosted.length >= 1)
    assert.ok(
      seen.hosted.every((c: { tags?: unknown[] }) => (c.tags ?? []).length === 0),
      'a partner sees no tags',
    )
    assert.equal(seen['free again'], 'ordering')
  })

  test('a hosted virtual interface is confirmed, rejected, and deleted from each side', async () => {
    await using server = await startServer({ timing: 'instant' })
    const made = await boto3(
      server,
      `${prelude}
connection = a.create_connection(location='EqDC2', bandwidth='10Gbps', connectionName='c')['connectionId']
gateway = b.create_direct_connect_gateway(directConnectGatewayName='g', amazonSideAsn=64600)['directConnectGateway']['directConnectGatewayId']
def allocate(vlan, owner=bob):
    return a.allocate_private_virtual_interface(connectionId=connection, ownerAccount=owner,
        newPrivateVirtualInterfaceAllocation={'virtualInterfaceName': 'v%d' % vlan, 'vlan': vlan, 'asn': 65000})['virtualInterfaceId']
show({'connection': connection, 'gateway': gateway, 'ids': [allocate(vlan) for vlan in (101, 102, 103, 104)],
      'own': refused(a.allocate_private_virtual_interface, connectionId=connection, ownerAccount=alice,
        newPrivateVirtualInterfaceAllocation={'virtualInterfaceName': 'v', 'vlan': 105, 'asn': 65000})})
`,
    )
    assert.match(made.own.message, /Cannot allocate VirtualInterface for the connection owner\./)
    await server.restart()
    const seen = await boto3(
      server,
      `${prelude}
gateway, (first, second, third, fourth) = ${JSON.stringify(made.gateway)}, ${JSON.stringify(made.ids)}
seen = {'confirming': vif(b, first), 'owner of the connection': vif(a, first)['virtualInterfaceState'],
        'stranger': len(client('777788889999').describe_virtual_interfaces(virtualInterfaceId=first)['virtualInterfaces']),
        'not theirs': refused(a.confirm_private_virtual_interface, virtualInterfaceId=first, directConnectGatewayId=gateway),
        'no gateway': refused(b.confirm_private_virtual_interface, virtualInterfaceId=first)}
seen['confirmed'] = b.confirm_private_virtual_interface(virtualInterfaceId=first, directConnectGatewayId=gateway)['virtualInterfaceState']
seen['rejected'] = b.delete_virtual_interface(virtualInterfaceId=second)['virtualInterfaceState']
seen['withdrawn'] = a.delete_virtual_interface(virtualInterfaceId=third)['virtualInterfaceState']
b.confirm_private_virtual_interface(virtualInterfaceId=fourth, virtualGatewayId='vgw-0a1b2c3d')
seen['given up'] = b.delete_virtual_interface(virtualInterfaceId=fourth)['virtualInterfaceState']
seen['states'] = {v['virtualInterfaceId']: v['virtualInterfaceState'] for v in b.describe_virtual_interfaces()['virtualInterfaces']}
seen['attachments'] = b.describe_direct_connect_gateway_attachments(directConnectGatewayId=gateway)['directConnectGatewayAttachments']
seen['now'] = vif(b, first)
show(seen)
`,
    )
    assert.equal(seen.confirming.virtualInterfaceState, 'confirming')
    assert.equal(seen.confirming.ownerAccount, '444455556666')
    assert.equal(seen['owner of the connection'], 'confirming')
    assert.equal(seen.stranger, 0)
    assert.match(seen['not theirs'].message, /does not exist/)
    assert.equal(seen['no gateway'].code, 'DirectConnectClientException')
    assert.equal(seen.confirmed, 'pending')
    assert.equal(seen.rejected, 'rejected')
    assert.equal(seen.withdrawn, 'deleting')
    assert.equal(seen['given up'], 'deleting')
    const [first, second, third, fourth] = made.ids
    assert.deepEqual(seen.states, {
      [first]: 'available',
      [second]: 'deleted',
      [third]: 'deleted',
      [fourth]: 'deleted',
    })
    assert.deepEqual(
      seen.attachments.map((each: { attachmentState: string }) => each.attachmentState),
      ['attached'],
    )
    assert.equal(seen.now.amazonSideAsn, 64600)
  })
})

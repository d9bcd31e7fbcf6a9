// The examples of the documents that the project began with, as a reader of them would type them.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { awsCli, python, skipWithout } from '../tools/clients.ts'
import { aws, awsDirectConnect, boto3 } from '../tools/run.ts'
import { startServer } from '../tools/server.ts'

const saoPaulo = { key: 'partner', region: 'sa-east-1' }

describe('create-interconnect of the command line reference', skipWithout('the AWS CLI', awsCli), () => {
  test('the example answers what the reference prints, but for the id', async () => {
    await using server = await startServer()
    const words = ['--interconnect-name', '1G Interconnect to AWS', '--bandwidth', '1Gbps', '--location', 'TIVIT']
    const made = await aws(server, ['create-interconnect', ...words], saoPaulo)
    assert.match(made.interconnectId, /^dxcon-f[0-9a-z]{7}$/)
    for (const [member, value] of Object.entries({
      region: 'sa-east-1',
      bandwidth: '1Gbps',
      location: 'TIVIT',
      interconnectName: '1G Interconnect to AWS',
      interconnectState: 'requested',
    }))
      assert.equal(made[member], value, member)

    await server.restart()
    await server.advance(10)
    const { interconnects } = await aws(server, ['describe-interconnects'], saoPaulo)
    assert.equal(interconnects[0].interconnectId, made.interconnectId)
    assert.equal(interconnects[0].interconnectState, 'available')
  })

  test('a skeleton, filled in, is an input; words on the command line override it', async () => {
    await using server = await startServer()
    const skeleton = await aws(server, ['create-interconnect', '--generate-cli-skeleton'], saoPaulo)
    assert.ok('interconnectName' in skeleton && 'lagId' in skeleton)
    const input = { interconnectName: 'from the file', bandwidth: '1Gbps', location: 'TIVIT' }
    const file = join(server.data, 'input.json')
    writeFileSync(file, JSON.stringify(input))
    const words = ['create-interconnect', '--cli-input-json', `file://${file}`, '--bandwidth', '10Gbps']
    const made = await aws(server, words, saoPaulo)
    assert.equal(made.interconnectName, 'from the file')
    assert.equal(made.bandwidth, '10Gbps')
    const output = await aws(
      server,
      [
        'create-interconnect',
        '--generate-cli-skeleton',
        'output',
        ...Object.entries({
          'interconnect-name': 'x',
          bandwidth: '1Gbps',
          location: 'TIVIT',
        }).flatMap(([name, value]) => [`--${name}`, value]),
      ],
      saoPaulo,
    )
    assert.ok('interconnectState' in output)
    assert.equal(
      (await aws(server, ['describe-interconnects'], saoPaulo)).interconnects.length,
      1,
      'skeletons order nothing',
    )
  })

  test('an interconnect can be put on a LAG, on its device; if that has no port left, none is made', async () => {
    await using server = await startServer({ timing: 'instant' })
    await server.operator('POST', '/locations', { code: 'Tiny1', name: 'Tiny', region: 'sa-east-1', country: 'BR' })
    await server.operator('POST', '/devices', { locationCode: 'Tiny1', ports: { '1Gbps': 2 } })
    const lag = await aws(
      server,
      [
        'create-lag',
        '--lag-name',
        'small',
        '--location',
        'Tiny1',
        '--connections-bandwidth',
        '1Gbps',
        '--number-of-connections',
        '1',
      ],
      saoPaulo,
    )
    const words = ['create-interconnect', '--bandwidth', '1Gbps', '--location', 'Tiny1', '--lag-id', lag.lagId]
    const second = await aws(server, [...words, '--interconnect-name', 'second'], saoPaulo)
    assert.equal(second.lagId, lag.lagId)
    const third = await awsDirectConnect(server, [...words, '--interconnect-name', 'third'], saoPaulo)
    assert.match(third.stderr, /DirectConnectClientException.*no available ports/i)
    assert.equal((await aws(server, ['describe-lags'], saoPaulo)).lags[0].numberOfConnections, 2)
  })

  test('only a partner may have interconnects', async () => {
    await using server = await startServer()
    const words = ['--interconnect-name', 'x', '--bandwidth', '1Gbps', '--location', 'TIVIT']
    const { stderr } = await awsDirectConnect(server, ['create-interconnect', ...words], { region: 'sa-east-1' })
    assert.match(stderr, /DirectConnectClientException/)
  })
})

describe('CreateLag and AssociateVirtualInterface of the API reference', skipWithout('the AWS CLI', awsCli), () => {
  test('a LAG takes an existing connection in with its virtual interfaces, and its id does not change', async () => {
    await using server = await startServer({ timing: 'instant' })
    const order = ['--location', 'EqDC2', '--bandwidth', '10Gbps', '--connection-name', 'first']
    const { connectionId } = await aws(server, ['create-connection', ...order])
    const vif = await privateInterface(server, connectionId, 101)
    const words = [
      '--number-of-connections',
      '2',
      '--location',
      'EqDC2',
      '--connections-bandwidth',
      '10Gbps',
      '--lag-name',
      'pair',
    ]
    const lag = await aws(server, ['create-lag', ...words, '--connection-id', connectionId])
    assert.equal(lag.numberOfConnections, 2)
    assert.equal(lag.minimumLinks, 0)
    assert.equal(lag.allowsHostedConnections, false)

    await server.restart()
    const { lags } = await aws(server, ['describe-lags', '--lag-id', lag.lagId])
    const members: { connectionId: string; connectionName: string; awsDeviceV2: string }[] = lags[0].connections
    assert.ok(members.some((member) => member.connectionId === connectionId))
    assert.ok(members.some((member) => member.connectionName === `Requested Connection 1 for Lag ${lag.lagId}`))
    assert.deepEqual([...new Set(members.map((member) => member.awsDeviceV2))], [lags[0].awsDeviceV2])
    const { virtualInterfaces } = await aws(server, ['describe-virtual-interfaces', '--connection-id', lag.lagId])
    assert.deepEqual(
      virtualInterfaces.map((each: { virtualInterfaceId: string }) => each.virtualInterfaceId),
      [vif],
    )
  })

  test('a virtual interface moves between a connection and a LAG, unless its VLAN or its address is used there', async () => {
    await using server = await startServer({ timing: 'instant' })
    const order = ['--location', 'EqDC2', '--bandwidth', '10Gbps', '--connection-name', 'single']
    const { connectionId } = await aws(server, ['create-connection', ...order])
    const words = [
      '--number-of-connections',
      '1',
      '--location',
      'EqDC2',
      '--connections-bandwidth',
      '10Gbps',
      '--lag-name',
      'one',
    ]
    const { lagId } = await aws(server, ['create-lag', ...words])
    const moving = await privateInterface(server, connectionId, 101, '10.0.0.1/30', '10.0.0.2/30')
    const sameVlan = await privateInterface(server, lagId, 101)
    const move = ['associate-virtual-interface', '--virtual-interface-id', moving, '--connection-id', lagId]
    assert.match((await awsDirectConnect(server, move)).stderr, /VLAN 101 is already in use/)
    await aws(server, ['delete-virtual-interface', '--virtual-interface-id', sameVlan])

    const sameAddress = await privateInterface(server, lagId, 102, '10.0.0.1/29', '10.0.0.2/29')
    assert.match((await awsDirectConnect(server, move)).stderr, /DirectConnectClientException.*10\.0\.0\.1/)
    await aws(server, ['delete-virtual-interface', '--virtual-interface-id', sameAddress])

    await server.restart()
    const moved = await aws(server, move)
    assert.equal(moved.connectionId, lagId)
    assert.equal(moved.virtualInterfaceState, 'pending')
    assert.deepEqual(moved.bgpPeers.map((peer: { bgpPeerState: string }) => peer.bgpPeerState).toSorted(), [
      'deleting',
      'pending',
    ])
    const { virtualInterfaces } = await aws(server, ['describe-virtual-interfaces', '--virtual-interface-id', moving])
    assert.equal(virtualInterfaces[0].virtualInterfaceState, 'available')
    assert.equal(virtualInterfaces[0].bgpPeers.length, 1)
    assert.equal(virtualInterfaces[0].vlan, 101)
  })
})

describe('create_bgp_peer and delete_bgp_peer of the API changes', skipWithout('boto3', python), () => {
  test('an IPv6 peer with blank addresses joins an IPv4 one; the last peer stays', async () => {
    await using server = await startServer({ timing: 'instant' })
    const begun = await boto3(
      server,
      `
connection = dx.create_connection(location='EqDC2', bandwidth='1Gbps', connectionName='c')['connectionId']
made = dx.create_private_virtual_interface(connectionId=connection, newPrivateVirtualInterface={
    'virtualInterfaceName': 'v', 'vlan': 101, 'asn': 65000, 'virtualGatewayId': 'vgw-0123456789abcdef0'})
peer = {'asn': 65000, 'authKey': 'asdf34example', 'addressFamily': 'ipv6'}
both = dx.create_bgp_peer(virtualInterfaceId=made['virtualInterfaceId'], newBGPPeer=peer)['virtualInterface']
again = refused(dx.create_bgp_peer, virtualInterfaceId=made['virtualInterfaceId'], newBGPPeer=peer)
given = refused(dx.create_bgp_peer, virtualInterfaceId=made['virtualInterfaceId'],
                newBGPPeer={**peer, 'amazonAddress': '2001:db8::1/125'})
show({'both': both, 'again': again, 'given': given})
`,
    )
    await server.restart()
    const seen = await boto3(
      server,
      `
vif, ipv4 = ${JSON.stringify(begun.both.virtualInterfaceId)}, ${JSON.stringify(begun.both.customerAddress)}
now = dx.describe_virtual_interfaces(virtualInterfaceId=vif)['virtualInterfaces'][0]
one = dx.delete_bgp_peer(virtualInterfaceId=vif, asn=65000, customerAddress=ipv4)['virtualInterface']
after = dx.describe_virtual_interfaces(virtualInterfaceId=vif)['virtualInterfaces'][0]
last = refused(dx.delete_bgp_peer, virtualInterfaceId=vif, asn=65000, customerAddress=after['bgpPeers'][0]['customerAddress'])
show({'now': now, 'one': one, 'after': after, 'last': last})
`,
    )
    const ipv6 = begun.both.bgpPeers.find((peer: { addressFamily: string }) => peer.addressFamily === 'ipv6')
    assert.equal(ipv6.bgpPeerState, 'pending')
    assert.match(ipv6.amazonAddress, /^[0-9a-f:]+\/125$/)
    assert.equal(begun.again.code, 'DirectConnectClientException')
    assert.equal(begun.given.code, 'DirectConnectClientException')
    assert.deepEqual(
      seen.now.bgpPeers.map((peer: { bgpStatus: string }) => peer.bgpStatus),
      ['up', 'up'],
    )
    const states = seen.one.bgpPeers.map((peer: { bgpPeerState: string }) => peer.bgpPeerState)
    assert.deepEqual(states.toSorted(), ['available', 'deleting'])
    assert.deepEqual(
      seen.after.bgpPeers.map((peer: { addressFamily: string }) => peer.addressFamily),
      ['ipv6'],
    )
    assert.match(seen.last.message, /The last BGP Peer on a Virtual Interface cannot be deleted/)
  })
})

async function privateInterface(
  server: Parameters<typeof aws>[0],
  connectionId: string,
  vlan: number,
  amazonAddress?: string,
  customerAddress?: string,
): Promise<string> {
  const vif = {
    virtualInterfaceName: `vlan ${vlan}`,
    vlan,
    asn: 65000,
    virtualGatewayId: 'vgw-0123456789abcdef0',
    amazonAddress,
    customerAddress,
  }
  const words = ['--connection-id', connectionId, '--new-private-virtual-interface', JSON.stringify(vif)]
  return (await aws(server, ['create-private-virtual-interface', ...words])).virtualInterfaceId
}

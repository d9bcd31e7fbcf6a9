// The user guide's "Getting Started", steps 2 to 5, with the AWS CLI. The server is restarted between the steps.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { awsCli, pdftotext, skipWithout } from '../tools/clients.ts'
import { aws, awsDirectConnect, run } from '../tools/run.ts'
import { startServer, type TestServer } from '../tools/server.ts'

const threeDays = 72 * 3_600
const order = (name: string, location = 'EqDC2') => [
  'create-connection',
  '--connection-name',
  name,
  '--location',
  location,
  '--bandwidth',
  '10Gbps',
]
const connectionState = async (server: TestServer, id: string) =>
  (await aws(server, ['describe-connections', '--connection-id', id])).connections[0].connectionState
const interfaceState = async (server: TestServer, id: string) =>
  (await aws(server, ['describe-virtual-interfaces', '--virtual-interface-id', id])).virtualInterfaces[0]
    .virtualInterfaceState

describe('Getting Started', skipWithout('the AWS CLI', awsCli), () => {
  test('order, letter, cross connect, a private and a public virtual interface, up', async () => {
    // An order takes its 72 hours, so that only the clock moves it on and not the time that the command line takes.
    await using server = await startServer({ timing: 'aws', provisioning: 'automatic' })
    // Step 2: the order.
    const { connectionId, connectionState: ordered } = await aws(server, order('to the data centre'))
    assert.equal(ordered, 'requested')
    const letter = ['describe-loa', '--connection-id', connectionId, '--provider-name', 'Carrier GmbH']
    assert.match(
      (await awsDirectConnect(server, letter)).stderr,
      /DirectConnectClientException/,
      'no letter before approval',
    )
    await server.restart()
    await server.advance(threeDays)
    assert.equal(await connectionState(server, connectionId), 'pending')

    // Step 3: the letter, with the command that the guide gives for saving it.
    const { stdout } = await awsDirectConnect(server, [...letter, '--output', 'text', '--query', 'loaContent'])
    const pdf = join(server.data, 'letter.pdf')
    writeFileSync(pdf, Buffer.from(stdout, 'base64'))
    assert.equal(readFileSync(pdf, 'latin1').slice(0, 5), '%PDF-')
    if (pdftotext !== undefined) {
      const { stdout: text } = await run(pdftotext, ['-layout', pdf, '-'], server)
      for (const word of [connectionId, '000000000000', 'Carrier GmbH', 'EqDC2']) assert.ok(text.includes(word), word)
    }
    await server.operator('POST', `/connections/${connectionId}/cable`)
    assert.equal(await connectionState(server, connectionId), 'available')

    // Step 5: a virtual interface to a VPC, and one to everything else.
    await server.restart()
    const vpc = { virtualInterfaceName: 'vpc', vlan: 101, asn: 65000, virtualGatewayId: 'vgw-0a1b2c3d' }
    const made = await aws(server, [
      'create-private-virtual-interface',
      '--connection-id',
      connectionId,
      '--new-private-virtual-interface',
      JSON.stringify(vpc),
    ])
    assert.equal(made.virtualInterfaceState, 'pending')
    assert.match(made.amazonAddress, /^169\.254\.\d+\.\d+\/30$/)
    assert.match(made.authKey, /^0x.{22}$/)
    // The command line's shorthand, as in its examples.
    const shorthand =
      'virtualInterfaceName=public,vlan=102,asn=65000,amazonAddress=203.0.113.1/30,customerAddress=203.0.113.2/30,' +
      'addressFamily=ipv4,routeFilterPrefixes=[{cidr=198.51.100.0/24}]'
    const everything = await aws(server, [
      'create-public-virtual-interface',
      '--connection-id',
      connectionId,
      '--new-public-virtual-interface',
      shorthand,
    ])
    assert.equal(everything.virtualInterfaceState, 'verifying')
    await server.restart()
    await server.advance(threeDays + 600)
    assert.equal(await interfaceState(server, made.virtualInterfaceId), 'available')
    assert.equal(await interfaceState(server, everything.virtualInterfaceId), 'available')
    const { virtualInterfaces } = await aws(server, ['describe-virtual-interfaces', '--connection-id', connectionId])
    assert.deepEqual(
      virtualInterfaces.map((vif: { bgpPeers: { bgpStatus: string }[] }) => vif.bgpPeers[0]?.bgpStatus),
      ['up', 'up'],
    )
  })

  test('a hosted connection is accepted before it can be used', async () => {
    await using server = await startServer({ timing: 'instant' })
    const partner = { key: 'partner' }
    const { interconnectId } = await aws(
      server,
      ['create-interconnect', '--interconnect-name', 'i', '--bandwidth', '1Gbps', '--location', 'EqDC2'],
      partner,
    )
    const hosted = await aws(
      server,
      [
        'allocate-hosted-connection',
        '--connection-id',
        interconnectId,
        '--owner-account',
        '000000000000',
        '--bandwidth',
        '100Mbps',
        '--connection-name',
        'sub-1G',
        '--vlan',
        '101',
      ],
      partner,
    )
    assert.equal(hosted.connectionState, 'ordering')
    await server.restart()
    assert.equal(
      (await aws(server, ['confirm-connection', '--connection-id', hosted.connectionId])).connectionState,
      'pending',
    )
    assert.equal(await connectionState(server, hosted.connectionId), 'available')
    const vpc = { virtualInterfaceName: 'vpc', vlan: 101, asn: 65000, virtualGatewayId: 'vgw-0a1b2c3d' }
    const create = (vif: object) => [
      'create-private-virtual-interface',
      '--connection-id',
      hosted.connectionId,
      '--new-private-virtual-interface',
      JSON.stringify(vif),
    ]
    const { virtualInterfaceId } = await aws(server, create(vpc))
    assert.equal(await interfaceState(server, virtualInterfaceId), 'available')
    assert.match((await awsDirectConnect(server, create({ ...vpc, vlan: 102 }))).stderr, /DirectConnectClientException/)
  })

  test('of two connections for redundancy one is cut, and the other stays', async () => {
    await using server = await startServer({ timing: 'instant' })
    const sites = ['EqDC2', 'CSVA1']
    const lines = []
    for (const [index, site] of sites.entries()) {
      const { connectionId } = await aws(server, order(site, site))
      const vpc = { virtualInterfaceName: site, vlan: 101 + index, asn: 65000, virtualGatewayId: 'vgw-0a1b2c3d' }
      const { virtualInterfaceId } = await aws(server, [
        'create-private-virtual-interface',
        '--connection-id',
        connectionId,
        '--new-private-virtual-interface',
        JSON.stringify(vpc),
      ])
      lines.push({ connectionId, virtualInterfaceId })
    }
    const [first, second] = lines
    assert.ok(first && second)
    const { faultId } = await server.operator('POST', '/faults', { target: first.connectionId, kind: 'down' })
    await server.restart()
    assert.equal(await connectionState(server, first.connectionId), 'down')
    assert.equal(await interfaceState(server, first.virtualInterfaceId), 'down')
    assert.equal(await connectionState(server, second.connectionId), 'available')
    assert.equal(await interfaceState(server, second.virtualInterfaceId), 'available')
    await server.operator('DELETE', `/faults/${faultId}`)
    assert.equal(await interfaceState(server, first.virtualInterfaceId), 'available')
  })
})

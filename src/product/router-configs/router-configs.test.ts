import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ConfirmPrivateVirtualInterfaceCommand,
  CreateBGPPeerCommand,
  DescribeRouterConfigurationCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import {
  allocatePrivate,
  connect,
  look,
  orderPrivate,
  orderPublic,
  reaches,
  refused,
  virtualGatewayId,
} from '../../../test/tools/virtual-interfaces.ts'
import { routerTypes } from '../../contract/router-types.ts'

const alice = '111122223333'
const bob = '444455556666'
const ios = 'CiscoSystemsInc-2900SeriesRouters-IOS124'

const describe = (virtualInterfaceId: string | undefined, routerTypeIdentifier?: string) =>
  new DescribeRouterConfigurationCommand({ virtualInterfaceId, routerTypeIdentifier })

test('there is a configuration for each router type, nine of them known to AWS, with what Terraform reads of it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const { virtualInterfaceId } = await client.send(orderPrivate(connectionId, { virtualInterfaceName: 'mine' }))
  await client.send(new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer: { asn: 65000, addressFamily: 'ipv6' } }))
  const { bgpPeers } = await reaches(client, virtualInterfaceId, 'available')
  assert.equal(bgpPeers?.length, 2)
  assert.equal(routerTypes.filter(({ beyondAws }) => !beyondAws).length, 9)
  for (const { alias: _alias, beyondAws: _beyondAws, ...type } of routerTypes) {
    const answer = await client.send(describe(virtualInterfaceId, type.routerTypeIdentifier))
    assert.deepEqual(answer.router, type)
    assert.deepEqual([answer.virtualInterfaceId, answer.virtualInterfaceName], [virtualInterfaceId, 'mine'])
    const text = answer.customerRouterConfig ?? ''
    assert.match(text, /\b101\b/)
    for (const peer of bgpPeers)
      for (const fact of [peer.authKey, peer.amazonAddress?.split('/')[0], peer.customerAddress?.split('/')[0]])
        assert.ok(text.includes(String(fact)), `${type.routerTypeIdentifier} lacks ${fact}`)
  }
  const nexus = await client.send(describe(virtualInterfaceId, 'CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93'))
  assert.deepEqual(nexus.router, {
    vendor: 'Cisco Systems, Inc.',
    platform: 'Nexus 9K+ Series Switches',
    software: 'NX-OS 9.3+',
    xsltTemplateName: 'customer-switch-cisco-nexus-generic.xslt',
    xsltTemplateNameForMacSec: 'customer-switch-cisco-nexus-generic-macsec.xslt',
    routerTypeIdentifier: 'CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93',
  })
})

test('an identifier is vendor, platform and software without what is no letter or digit', () => {
  const joined = (text: string) => text.replaceAll(/[^A-Za-z0-9]/g, '')
  for (const { vendor, platform, software, routerTypeIdentifier, beyondAws } of routerTypes) {
    assert.ok(routerTypeIdentifier.startsWith(`${joined(vendor)}-`), routerTypeIdentifier)
    if (beyondAws) assert.equal(routerTypeIdentifier, [vendor, platform, software].map(joined).join('-'))
  }
  assert.equal(new Set(routerTypes.map(({ alias }) => alias)).size, routerTypes.length)
  assert.equal(new Set(routerTypes.map((type) => type.routerTypeIdentifier)).size, routerTypes.length)
})

test('the router type has to be named, and be one that there is', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const { virtualInterfaceId } = await client.send(orderPublic(await connect(client)))
  for (const none of [undefined, ''])
    await assert.rejects(
      client.send(describe(virtualInterfaceId, none)),
      refused('Field routerTypeIdentifier is required'),
    )
  await assert.rejects(
    client.send(describe(virtualInterfaceId, 'Acme-1')),
    refused(/^Invalid value 'Acme-1' for routerTypeIdentifier: it must be one of CiscoSystemsInc-2900.*, .*PANOS803/),
  )
  await assert.rejects(
    client.send(describe('dxvif-ffffffff', ios)),
    refused('VirtualInterface dxvif-ffffffff does not exist.'),
  )
  await assert.rejects(server.client(bob).send(describe(virtualInterfaceId, ios)), refused(/does not exist/))
  const { customerRouterConfig } = await client.send(describe(virtualInterfaceId, ios))
  assert.match(customerRouterConfig ?? '', /network 198\.51\.100\.0 mask 255\.255\.255\.0/)
})

test('of a hosted virtual interface the owner of the connection gets the configuration, after it is accepted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [owner, other] = [server.client(alice), server.client(bob)]
  const connectionId = await connect(owner)
  const { virtualInterfaceId } = await owner.send(allocatePrivate(connectionId, bob))
  await assert.rejects(
    owner.send(describe(virtualInterfaceId, ios)),
    refused(`DescribeRouterConfiguration failed. ${virtualInterfaceId} is in state confirming`),
  )
  await other.send(new ConfirmPrivateVirtualInterfaceCommand({ virtualInterfaceId, virtualGatewayId }))
  await reaches(other, virtualInterfaceId, 'available')
  const { customerRouterConfig } = await owner.send(describe(virtualInterfaceId, ios))
  const { authKey } = (await look(other, virtualInterfaceId)) ?? {}
  assert.ok(customerRouterConfig?.includes(String(authKey)))
  await assert.rejects(
    other.send(describe(virtualInterfaceId, ios)),
    refused(`Only the owner of ${connectionId} can download the router configuration of ${virtualInterfaceId}`),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { orderConnection } from '../connections/order.ts'
import { neverUp, type Observed } from '../observed.ts'
import { type Change, create } from '../operation.ts'
import { awsQuotas } from '../settings.ts'
import type { VirtualInterface, VirtualInterfaceType } from '../virtual-interfaces/virtual-interface.ts'
import { moveCarried } from './carried.ts'
import type { Lag } from './lag.ts'

const now = 1_000
const configuredAt = now + 10
const region = 'us-east-1'
const ownerAccount = '111122223333'

const lag: Lag = {
  id: 'dxlag-f0000001',
  createdAt: 0,
  ownerAccount,
  region,
  location: 'EqDC2',
  siteCode: 'EqDC2',
  name: 'x',
  bandwidth: '10Gbps',
  minimumLinks: 0,
  deviceId: 'EqDC2-1',
  providerName: null,
  allowsHostedConnections: false,
  requestMacSec: false,
  encryptionMode: 'no_encrypt',
  macSecKeys: [],
  billingMode: 'PayAsYouGo',
  tags: [],
  wasUpAt: null,
  deleteAskedAt: null,
  deletedAt: null,
}
const site = { id: 'eqdc2', createdAt: 0, code: 'EqDC2', name: '', region, country: 'US', providers: [] }
const order = { ownerAccount, site, location: 'EqDC2', bandwidth: '10Gbps', deviceId: lag.deviceId, tags: [] } as const
const port = orderConnection(snapshotAfter([]), { ...order, role: 'dedicated', portId: '10Gbps/01', name: 'x' })

/** Of a fabric that keeps what it saw by itself. */
const unseen: Observed = {
  link: () => neverUp,
  bundle: () => neverUp,
  session: () => neverUp,
  routes: () => [],
  advertised: () => undefined,
  history: () => undefined,
}

let drawn = 0

function virtualInterface(facts: Partial<VirtualInterface>, network = `169.254.${drawn}`): VirtualInterface {
  const peer: BgpPeer = {
    id: `dxpeer-${drawn}`,
    createdAt: 0,
    addressFamily: 'ipv4',
    asn: 65000,
    authKey: 'secret',
    amazonAddress: `${network}.1/30`,
    customerAddress: `${network}.2/30`,
    verifiedAt: 0,
    provisionedAt: 0,
    clears: [],
    deleteAskedAt: null,
    deletedAt: null,
  }
  return {
    id: `dxvif-${drawn++}`,
    createdAt: 0,
    type: 'private',
    ownerAccount,
    region,
    location: 'EqDC2',
    connectionId: port.id,
    connectionOwner: ownerAccount,
    name: 'x',
    vlan: drawn,
    mtu: 1500,
    virtualGatewayId: null,
    directConnectGatewayId: null,
    amazonSideAsn: 64512,
    routeFilterPrefixes: [],
    siteLinkEnabled: false,
    rateLimit: null,
    prefixAllocation: null,
    formerAllocations: [],
    peers: [peer],
    tags: [],
    allocated: false,
    confirmedAt: null,
    verifiedAt: 0,
    provisionedAt: 0,
    attachedAt: 0,
    rejectedAt: null,
    deleteAskedAt: null,
    deletedAt: null,
    ...facts,
  }
}

async function moved(...virtualInterfaces: readonly VirtualInterface[]): Promise<readonly Change[]> {
  const made = virtualInterfaces.map((vif) => create('virtual-interface', vif))
  return moveCarried(snapshotAfter(made, { now, observe: async () => unseen }), port, lag, configuredAt)
}

const onLag = { connectionId: lag.id }
const several = (count: number, type: VirtualInterfaceType, facts: Partial<VirtualInterface> = {}) =>
  Array.from({ length: count }, () => virtualInterface({ type, ...facts }))

test('virtual interfaces go to the LAG and are configured anew, each not before its time', async () => {
  const running = virtualInterface({})
  const waiting = virtualInterface({ allocated: true, provisionedAt: null })
  const verifying = virtualInterface({ type: 'public', provisionedAt: now + 1_000 })
  const gone = virtualInterface({ deleteAskedAt: 1, deletedAt: now })
  assert.deepEqual(
    await moved(running, waiting, verifying, gone),
    [
      { ...running, ...onLag, provisionedAt: configuredAt },
      { ...waiting, ...onLag },
      { ...verifying, ...onLag },
    ].map((record) => ({ do: 'save', kind: 'virtual-interface', record })),
  )
})

test('a VLAN that the LAG has already cannot come', async () => {
  const there = virtualInterface({ ...onLag, vlan: 100 })
  const arriving = virtualInterface({ vlan: 100 })
  await assert.rejects(moved(there, arriving), {
    message: `VLAN 100 of ${arriving.id} is already in use on Lag ${lag.id}`,
  })
  assert.equal((await moved({ ...there, deletedAt: now }, arriving)).length, 1)
})

test('addresses that the LAG has already cannot come', async () => {
  const there = virtualInterface(onLag, '10.0.0')
  const arriving = virtualInterface({}, '10.0.0')
  await assert.rejects(moved(there, arriving), {
    message: `The addresses of VirtualInterface ${arriving.id} overlap with those of another on Lag ${lag.id}`,
  })
})

test('a LAG carries no more than a connection does, whatever joins it', async () => {
  const most = awsQuotas.allVirtualInterfacesPerConnection
  assert.equal((await moved(...several(most - 1, 'private', onLag), ...several(1, 'private'))).length, 1)
  await assert.rejects(moved(...several(most, 'private', onLag), ...several(1, 'private')), {
    message: `You have reached the limit of ${most} virtual interfaces on ${lag.id}; this makes ${most + 1}`,
  })
  await assert.rejects(moved(...several(3, 'transit', onLag), ...several(2, 'transit')), {
    message: `You have reached the limit of 4 transit virtual interfaces on ${lag.id}; this makes 5`,
  })
})

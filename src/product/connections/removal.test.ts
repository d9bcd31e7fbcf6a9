import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { create } from '../operation.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { Connection } from './connection.ts'
import { orderConnection } from './order.ts'
import { removal } from './removal.ts'

const now = 1_000
const account = '111122223333'
const site = { id: 'eqdc2', createdAt: 0, code: 'EqDC2', name: '', region: 'us-east-1', country: 'US', providers: [] }
const order = { ownerAccount: account, site, location: 'EqDC2', bandwidth: '1Gbps', name: 'x', tags: [] }
const port = { role: 'dedicated', deviceId: 'EqDC2-1', portId: '1Gbps/01' } as const
const connection: Connection = orderConnection(snapshotAfter([]), { ...order, ...port })

const virtualInterface: VirtualInterface = {
  id: 'dxvif-f0000001',
  createdAt: 0,
  type: 'private',
  ownerAccount: account,
  region: 'us-east-1',
  location: 'EqDC2',
  connectionId: connection.id,
  connectionOwner: account,
  name: 'x',
  vlan: 101,
  mtu: 1500,
  virtualGatewayId: 'vgw-0123abcd',
  directConnectGatewayId: null,
  amazonSideAsn: 64512,
  routeFilterPrefixes: [],
  siteLinkEnabled: false,
  rateLimit: null,
  prefixAllocation: null,
  formerAllocations: [],
  peers: [],
  tags: [],
  allocated: false,
  confirmedAt: null,
  verifiedAt: null,
  provisionedAt: 0,
  attachedAt: null,
  rejectedAt: null,
  deleteAskedAt: null,
  deletedAt: null,
}

const remove = (vif: VirtualInterface, changed: Connection = connection) =>
  removal(snapshotAfter([create('connection', changed), create('virtual-interface', vif)], { now }), changed)

test('a connection cannot be deleted before its virtual interfaces are gone', async () => {
  const message = `Connection ${connection.id} cannot be deleted: VirtualInterface dxvif-f0000001 is associated with it`
  await assert.rejects(remove(virtualInterface), { message })
  await assert.rejects(remove({ ...virtualInterface, deleteAskedAt: now, deletedAt: now + 1 }), { message })
  for (const gone of [{ deletedAt: now }, { rejectedAt: now }, { connectionId: 'dxcon-f9999999' }])
    assert.equal((await remove({ ...virtualInterface, ...gone })).connection.deleteAskedAt, now)
})

test('deleting never puts off the end that an order has already', async () => {
  const elsewhere = { ...virtualInterface, connectionId: 'dxcon-f9999999' }
  const ends = async (deletedAt: number | null) =>
    (await remove(elsewhere, { ...connection, deletedAt })).connection.deletedAt
  assert.deepEqual([await ends(null), await ends(now + 500)], [now + 1, now + 1])
})

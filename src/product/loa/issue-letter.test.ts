import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import type { Connection } from '../connections/connection.ts'
import { orderConnection } from '../connections/order.ts'
import { create } from '../operation.ts'
import { day } from '../settings.ts'
import { issueLetter } from './issue-letter.ts'

const now = 50 * day
const site = { id: 'eqdc2', createdAt: 0, code: 'EqDC2', name: 'Equinix DC2', region: 'us-east-1', country: 'US' }
const location = { ...site, providers: [] }
const snapshot = snapshotAfter([create('location', location)], { now })
const order = { ownerAccount: '111122223333', site: location, location: 'EqDC2-1A', bandwidth: '100Gbps', tags: [] }
const port = { role: 'dedicated', deviceId: 'EqDC2-1', portId: '100Gbps/01', name: 'uplink' } as const
const ordered: Connection = { ...orderConnection(snapshot, { ...order, ...port }), approvedAt: day, cables: [] }

async function issued(...ports: readonly Connection[]): Promise<readonly unknown[]> {
  const { changes } = await issueLetter(snapshot, ordered, ports, undefined)
  return changes.map((change) => ('record' in change && 'loaIssuedAt' in change.record ? change.record : undefined))
}

test('a download gives what has no cable another 100 days, and leaves the end of anything else alone', async () => {
  const cabled = { ...ordered, cables: [{ from: 2 * day, until: null }] }
  const unplugged = { ...ordered, cables: [{ from: 2 * day, until: 3 * day }] }
  assert.deepEqual(await issued({ ...ordered, deletedAt: 101 * day }, cabled, unplugged), [
    { ...ordered, loaIssuedAt: now, deletedAt: now + 100 * day },
    { ...cabled, loaIssuedAt: now },
    { ...unplugged, loaIssuedAt: now },
  ])
})

test('a letter is valid for 90 days and covers the ports that are approved', async () => {
  const waiting = { ...ordered, id: 'dxcon-fwaiting', approvedAt: now + 1 }
  const { letter, changes } = await issueLetter(snapshot, ordered, [waiting, ordered], 'Zayo Group')
  assert.equal(changes.length, 1)
  assert.deepEqual(letter, {
    accountId: '111122223333',
    accountName: 'Account 111122223333',
    providerName: 'Zayo Group',
    locationCode: 'EqDC2-1A',
    locationName: 'Equinix DC2',
    subjectId: ordered.id,
    ports: [
      {
        connectionId: ordered.id,
        connectionName: 'uplink',
        bandwidth: '100Gbps',
        deviceId: 'EqDC2-1',
        portId: '100Gbps/01',
        media: '100GBASE-LR4',
      },
    ],
    issuedAt: now,
    expiresAt: now + 90 * day,
  })
})

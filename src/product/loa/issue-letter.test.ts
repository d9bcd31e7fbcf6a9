import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import type { Connection } from '../connections/connection.ts'
import { orderConnection } from '../connections/order.ts'
import type { Device } from '../inventory/device.ts'
import type { Location } from '../inventory/location.ts'
import { type Change, create } from '../operation.ts'
import { day } from '../settings.ts'
import { issueLetter } from './issue-letter.ts'
import type { Letter } from './letter.ts'

const now = 50 * day
const location: Location = {
  id: 'eqdc2',
  createdAt: 0,
  code: 'EqDC2',
  name: 'Equinix DC2',
  region: 'us-east-1',
  country: 'US',
  providers: [],
  address: ['1 Example Court', 'Ashburn'],
}
const device: Device = {
  id: 'EqDC2-1',
  createdAt: 0,
  locationId: 'eqdc2',
  ports: { '10Gbps': 48, '100Gbps': 16 },
  macSecSpeeds: [],
  rack: 'R07',
}
const world = [create('location', location), create('device', device)]
const snapshot = snapshotAfter(world, { now })
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
  const [first, second, third] = await issued({ ...ordered, deletedAt: 101 * day }, cabled, unplugged)
  assert.deepEqual(
    [first, second, third],
    [
      { ...ordered, loaIssuedAt: now, deletedAt: now + 100 * day },
      { ...cabled, loaIssuedAt: now },
      { ...unplugged, loaIssuedAt: now },
    ],
  )
})

test('a letter is valid for 90 days, covers the ports that are approved, and holds all that it says', async () => {
  const waiting = { ...ordered, id: 'dxcon-fwaiting', approvedAt: now + 1 }
  const { letter, changes } = await issueLetter(snapshot, ordered, [waiting, ordered], 'Zayo Group')
  assert.deepEqual(changes.map(kindOf), ['connection', 'letter'])
  assert.deepEqual(letter, {
    id: 'LOA-19700220-000000',
    createdAt: now,
    code: '0000000000000000',
    publicUrl: 'http://127.0.0.1:7224',
    issuerId: null,
    accountId: '111122223333',
    accountName: 'Account 111122223333',
    providerName: 'Zayo Group',
    subjectId: ordered.id,
    subjectName: 'uplink',
    place: { code: 'EqDC2-1A', name: 'Equinix DC2', country: 'US', address: location.address, meetMeRoom: '1A' },
    ports: [
      {
        connectionId: ordered.id,
        connectionName: 'uplink',
        bandwidth: '100Gbps',
        deviceId: 'EqDC2-1',
        portId: '100Gbps/01',
        rack: 'R07',
        panel: { patchPanel: 'PP-2', panelPort: 1, strands: [1, 2] },
        supersededAt: null,
      },
    ],
    expiresAt: now + 90 * day,
  })
})

test('a download supersedes the newest letter of each of its ports, and only for these ports', async () => {
  const other = { ...ordered, id: 'dxcon-fother00' }
  const first = await issueLetter(snapshot, ordered, [ordered, other], undefined)
  const later = snapshotAfter([...world, create('letter', first.letter)], { now: now + 1 })
  const second = await issueLetter(later, ordered, [ordered], undefined)
  const older = lettersIn(second.changes).find((letter) => letter.createdAt === now)
  assert.deepEqual(
    older?.ports.map((each) => [each.connectionId, each.supersededAt]),
    [
      [ordered.id, now + 1],
      [other.id, null],
    ],
  )
})

function lettersIn(changes: readonly Change[]): readonly Letter[] {
  return changes.flatMap((change) => (change.do !== 'erase' && change.kind === 'letter' ? [change.record] : []))
}

function kindOf(change: Change): string {
  return change.kind
}

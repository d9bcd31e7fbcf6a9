import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import type { Connection } from '../connections/connection.ts'
import { orderConnection } from '../connections/order.ts'
import type { Instant } from '../lifecycle.ts'
import type { Letter, LetterPort } from './letter.ts'
import { assignmentState, type LetterState, letterStates, worstOf } from './lifecycle.ts'

const now = 1_000
const instants: readonly Instant[] = [null, now - 1, now, now + 1]
const site = { id: 'eqdc2', createdAt: 0, code: 'EqDC2', name: '', region: 'us-east-1', country: 'US', providers: [] }
const order = { ownerAccount: '111122223333', site, location: 'EqDC2', bandwidth: '1Gbps', name: 'x', tags: [] }
const end = { deviceId: 'EqDC2-1', portId: '1Gbps/01' }
const manual = snapshotAfter([], { settings: { ...snapshotAfter([]).settings, provisioning: 'manual' } })
const connection: Connection = orderConnection(manual, { ...order, ...end, role: 'dedicated' })
const port: LetterPort = {
  ...end,
  connectionId: connection.id,
  connectionName: 'x',
  bandwidth: '1Gbps',
  rack: null,
  panel: null,
  supersededAt: null,
}
const letter: Letter = {
  id: 'LOA-19700101-000000',
  createdAt: 0,
  code: '0000000000000000',
  publicUrl: 'http://127.0.0.1:7224',
  issuerId: null,
  accountId: '111122223333',
  accountName: 'x',
  providerName: null,
  subjectId: connection.id,
  subjectName: 'x',
  place: { code: 'EqDC2', name: '', country: 'US', address: [], meetMeRoom: null },
  ports: [port],
  expiresAt: now + 1,
}

/** What the table says, once more in other words. */
function expected(facts: { letter: Letter; port: LetterPort }, seen: Connection | undefined): LetterState {
  const has = (instant: Instant) => instant !== null && instant <= now
  if (seen === undefined) return 'withdrawn'
  if (has(seen.deletedAt) || has(seen.deleteAskedAt) || has(seen.rejectedAt)) return 'withdrawn'
  if (seen.deviceId !== facts.port.deviceId || seen.portId !== facts.port.portId) return 'withdrawn'
  if (facts.letter.subjectId.startsWith('dxlag-') ? seen.lagId !== facts.letter.subjectId : false) return 'withdrawn'
  if (has(facts.port.supersededAt)) return 'superseded'
  return has(facts.letter.expiresAt) ? 'expired' : 'valid'
}

test('whatever the facts, withdrawn comes before superseded, superseded before expired, and the rest is valid', () => {
  const seen = new Set<LetterState>()
  let cases = 0
  for (const subjectId of [connection.id, 'dxlag-f0000001'])
    for (const lagId of [null, 'dxlag-f0000001', 'dxlag-f0000002'])
      for (const portId of ['1Gbps/01', '1Gbps/02'])
        for (const deletedAt of instants)
          for (const deleteAskedAt of instants)
            for (const supersededAt of instants)
              for (const expiresAt of [now - 1, now, now + 1])
                for (const there of [true, false]) {
                  const facts = { letter: { ...letter, subjectId, expiresAt }, port: { ...port, supersededAt } }
                  const as = there ? { ...connection, lagId, portId, deletedAt, deleteAskedAt } : undefined
                  const state = assignmentState.at(facts, as, now)
                  assert.equal(state, expected(facts, as))
                  seen.add(state)
                  cases++
                }
  assert.equal(cases, 2 * 3 * 2 * 4 * 4 * 4 * 3 * 2)
  assert.deepEqual([...seen].toSorted(), letterStates.toSorted())
})

test('a letter for a port stays good when the port joins a LAG, and one for a LAG ends when the port leaves it', () => {
  const ofLag = { letter: { ...letter, subjectId: 'dxlag-f0000001' }, port }
  const member = { ...connection, lagId: 'dxlag-f0000001' }
  assert.equal(assignmentState.at({ letter, port }, member, now), 'valid')
  assert.equal(assignmentState.at(ofLag, member, now), 'valid')
  assert.equal(assignmentState.at(ofLag, connection, now), 'withdrawn')
})

test('a letter is worth what its worst port is worth', () => {
  assert.equal(worstOf(['valid', 'valid']), 'valid')
  assert.equal(worstOf(['valid', 'expired']), 'expired')
  assert.equal(worstOf(['superseded', 'expired', 'valid']), 'superseded')
  assert.equal(worstOf(['superseded', 'withdrawn']), 'withdrawn')
})

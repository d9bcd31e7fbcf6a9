import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { enums } from '../../../contract/enums.ts'
import type { EnumValue } from '../../../contract/types.ts'
import { day } from '../../settings.ts'
import { type Proposal, proposalKind, proposalState } from '../proposals/proposal.ts'
import { firstPrefixes, withPrefixes } from './allowed-prefixes.ts'
import { type Association, askedPrefixes, associationState, prefixesInForce } from './association.ts'

const now = 1_000
const past = now - 1
const future = now + 1

const ordered: Association = {
  id: '00000000-0000-4000-8000-000000000001',
  createdAt: 0,
  gatewayId: '00000000-0000-4000-8000-000000000002',
  gatewayOwner: '111122223333',
  associated: {
    id: 'vgw-0123456789abcdef0',
    type: 'virtualPrivateGateway',
    ownerAccount: '111122223333',
    region: 'us-east-1',
  },
  transitGatewayAttachmentId: null,
  allowedPrefixes: firstPrefixes(['10.0.0.0/16'], future),
  associatedAt: future,
  updatedAt: null,
  disassociateAskedAt: null,
  disassociatedAt: null,
}
const associated = { ...ordered, associatedAt: now, allowedPrefixes: firstPrefixes(['10.0.0.0/16'], now) }

/** Every state is reached. */
const associations: Readonly<Record<EnumValue<'DirectConnectGatewayAssociationState'>, readonly Association[]>> = {
  associating: [ordered],
  associated: [associated, { ...associated, updatedAt: now }, { ...associated, disassociateAskedAt: future }],
  updating: [{ ...associated, updatedAt: future }],
  disassociating: [
    { ...associated, disassociateAskedAt: now, disassociatedAt: future },
    { ...ordered, disassociateAskedAt: past, disassociatedAt: future },
    { ...associated, updatedAt: future, disassociateAskedAt: now, disassociatedAt: future },
  ],
  disassociated: [{ ...associated, disassociateAskedAt: past, disassociatedAt: now }],
}

test('each state of an association follows from its facts', () => {
  assert.deepEqual(Object.keys(associations).toSorted(), [...enums.DirectConnectGatewayAssociationState].toSorted())
  for (const [state, examples] of Object.entries(associations))
    for (const example of examples) assert.equal(associationState.at(example, undefined, now), state)
})

const proposed: Proposal = {
  id: '00000000-0000-4000-8000-000000000003',
  createdAt: 0,
  gatewayId: ordered.gatewayId,
  gatewayOwner: ordered.gatewayOwner,
  associated: ordered.associated,
  existingPrefixes: [],
  requestedPrefixes: ['10.0.0.0/16'],
  acceptedAt: null,
  deletedAt: future,
}

const proposals: Readonly<Record<EnumValue<'DirectConnectGatewayAssociationProposalState'>, readonly Proposal[]>> = {
  requested: [proposed],
  accepted: [{ ...proposed, acceptedAt: now, deletedAt: null }],
  deleted: [
    { ...proposed, deletedAt: now },
    { ...proposed, acceptedAt: past, deletedAt: now },
  ],
}

test('each state of a proposal follows from its facts, and what has ended is shown for three days', () => {
  assert.deepEqual(
    Object.keys(proposals).toSorted(),
    [...enums.DirectConnectGatewayAssociationProposalState].toSorted(),
  )
  for (const [state, examples] of Object.entries(proposals))
    for (const example of examples) assert.equal(proposalState.at(example, undefined, now), state)
  assert.equal(proposalKind.hiddenFrom({ ...proposed, acceptedAt: now, deletedAt: null }), now + 3 * day)
  assert.equal(proposalKind.hiddenFrom({ ...proposed, deletedAt: now }), now + 3 * day)
})

test('an association allows nothing before it is associated nor once its end is asked for', () => {
  assert.deepEqual(prefixesInForce(ordered, now), [])
  assert.deepEqual(prefixesInForce(ordered, future), ['10.0.0.0/16'])
  assert.deepEqual(prefixesInForce(associated, now), ['10.0.0.0/16'])
  assert.deepEqual(prefixesInForce({ ...associated, disassociateAskedAt: now, disassociatedAt: future }, now), [])
})

test('through any updates, a prefix that is asked for before and after works without a break', () => {
  const cidr = fc.integer({ min: 0, max: 7 }).map((n) => `10.${n}.0.0/16`)
  const list = fc.uniqueArray(cidr, { minLength: 1 })
  const update = fc.record({ asked: list, after: fc.integer({ min: 0, max: 30 }) })
  const takes = 10
  fc.assert(
    fc.property(list, fc.array(update, { maxLength: 6 }), (first, updates) => {
      let time = 100
      let association: Association = { ...ordered, associatedAt: 0, allowedPrefixes: firstPrefixes(first, 0) }
      for (const { asked, after } of updates) {
        time += after
        const before = new Set(askedPrefixes(association))
        const working = new Set(prefixesInForce(association, time))
        association = withPrefixes(association, asked, time + takes, time)
        assert.deepEqual(askedPrefixes(association).toSorted(), asked.toSorted())
        for (let instant = time; instant < time + takes; instant++) {
          const inForce = new Set(prefixesInForce(association, instant))
          for (const prefix of working) {
            if (asked.includes(prefix) && before.has(prefix)) assert.ok(inForce.has(prefix), `${prefix} at ${instant}`)
          }
        }
      }
      assert.deepEqual(prefixesInForce(association, time + takes).toSorted(), askedPrefixes(association).toSorted())
    }),
  )
})

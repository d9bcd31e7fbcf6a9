import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enums } from '../../contract/enums.ts'
import { type ResiliencyAssociation, resiliencyAssociationState } from './resiliency-association.ts'
import { type ResiliencyGroup, resiliencyGroupState } from './resiliency-group.ts'

const now = 1_000

const group: ResiliencyGroup = {
  id: 'dxrg-00000000000000001',
  createdAt: 0,
  ownerAccount: '111122223333',
  name: 'x',
  intendedModel: 'basic-resiliency',
  tags: [],
  availableAt: now,
  deleteAskedAt: null,
  deletedAt: null,
}

const groups: Readonly<Record<(typeof enums.ResiliencyGroupState)[number], readonly ResiliencyGroup[]>> = {
  pending: [{ ...group, availableAt: now + 1 }],
  available: [group, { ...group, deleteAskedAt: now + 1, deletedAt: now + 2 }],
  deleting: [
    { ...group, deleteAskedAt: now, deletedAt: now + 1 },
    { ...group, availableAt: now + 1, deleteAskedAt: now, deletedAt: now + 1 },
  ],
  deleted: [{ ...group, deleteAskedAt: now - 1, deletedAt: now }],
}

const association: ResiliencyAssociation = {
  id: 'dxrg-1 dxcon-1',
  createdAt: 0,
  groupId: 'dxrg-1',
  connectionId: 'dxcon-1',
  associatedAt: now,
  disassociateAskedAt: null,
  disassociatedAt: null,
}

const associations: Readonly<
  Record<(typeof enums.ResiliencyGroupAssociationState)[number], readonly ResiliencyAssociation[]>
> = {
  associating: [{ ...association, associatedAt: now + 1 }],
  associated: [association],
  disassociating: [
    { ...association, disassociateAskedAt: now, disassociatedAt: now + 1 },
    { ...association, associatedAt: now + 1, disassociateAskedAt: now, disassociatedAt: now + 1 },
  ],
  disassociated: [{ ...association, disassociateAskedAt: now - 1, disassociatedAt: now }],
}

test('a resiliency group and an association are in the first state of their table whose facts hold', () => {
  assert.deepEqual(resiliencyGroupState.rows.map(([state]) => state).toSorted(), enums.ResiliencyGroupState.toSorted())
  for (const state of enums.ResiliencyGroupState)
    for (const each of groups[state]) assert.equal(resiliencyGroupState.at(each, undefined, now), state)
  assert.deepEqual(
    resiliencyAssociationState.rows.map(([state]) => state).toSorted(),
    enums.ResiliencyGroupAssociationState.toSorted(),
  )
  for (const state of enums.ResiliencyGroupAssociationState)
    for (const each of associations[state]) assert.equal(resiliencyAssociationState.at(each, undefined, now), state)
})

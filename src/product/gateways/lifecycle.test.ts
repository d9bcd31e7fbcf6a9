import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enums } from '../../contract/enums.ts'
import { attachmentState } from './attachment.ts'
import { type Gateway, gatewayState } from './gateway.ts'

const now = 1_000
const past = now - 1
const future = now + 1

const gateway: Gateway = {
  id: '6f4b0a8e-0000-4000-8000-000000000000',
  createdAt: 0,
  ownerAccount: '111122223333',
  name: 'g',
  amazonSideAsn: 64512,
  tags: [],
  availableAt: past,
  deleteAskedAt: null,
  deletedAt: null,
}

test('a gateway is pending, available, deleting, deleted: every state has its facts', () => {
  const examples = {
    pending: { ...gateway, availableAt: future },
    available: gateway,
    deleting: { ...gateway, deleteAskedAt: now, deletedAt: future },
    deleted: { ...gateway, deleteAskedAt: past, deletedAt: now },
  }
  assert.deepEqual(Object.keys(examples).toSorted(), enums.DirectConnectGatewayState.toSorted())
  for (const [state, example] of Object.entries(examples)) assert.equal(gatewayState.at(example, undefined, now), state)
})

test('an attachment is attaching, attached, detaching, detached as its virtual interface comes and goes', () => {
  const attached = { attachedAt: past, deleteAskedAt: null, deletedAt: null }
  const examples = {
    attaching: { ...attached, attachedAt: future },
    attached,
    detaching: { ...attached, deleteAskedAt: now, deletedAt: future },
    detached: { ...attached, deleteAskedAt: past, deletedAt: now },
  }
  assert.deepEqual(Object.keys(examples).toSorted(), enums.DirectConnectGatewayAttachmentState.toSorted())
  for (const [state, example] of Object.entries(examples))
    assert.equal(attachmentState.at(example, undefined, now), state)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EnumName, enums } from '../../contract/enums.ts'
import { isUp } from './item.ts'
import { reasonOf, reasons } from './reasons.ts'

const states: readonly (readonly [keyof typeof reasons, EnumName])[] = [
  ['connection', 'ConnectionState'],
  ['hosted', 'ConnectionState'],
  ['interconnect', 'InterconnectState'],
  ['lag', 'LagState'],
  ['virtualInterface', 'VirtualInterfaceState'],
  ['bgpPeer', 'BGPPeerState'],
  ['bgpPeer', 'BGPStatus'],
  ['gateway', 'DirectConnectGatewayState'],
  ['association', 'DirectConnectGatewayAssociationState'],
  ['attachment', 'DirectConnectGatewayAttachmentState'],
]

/** States that only the other kind of connection has. */
const impossible = new Set(['connection ordering', 'connection rejected', 'hosted requested'])

test('every state that is not up has a reason, and none that is up', () => {
  for (const [kind, name] of states)
    for (const state of enums[name])
      if (!impossible.has(`${kind} ${state}`))
        assert.equal(reasonOf(kind, state, {}) === '', isUp(state), `${kind} ${state}`)
})

test('what the service says of a change that failed is the reason', () => {
  const association = { stateChangeError: 'the prefixes overlap' }
  assert.equal(reasonOf('association', 'associated', association), 'the prefixes overlap')
})

test('a LAG that is down says how many links are up and how many have to be', () => {
  const connections = ['available', 'down', 'down'].map((connectionState) => ({ connectionState }))
  assert.equal(
    reasonOf('lag', 'down', { connections, minimumLinks: 2 }),
    '1 of 3 links are up, and at least 2 have to be',
  )
})

test('a port whose MACsec has to be up and is not says so', () => {
  assert.equal(
    reasonOf('connection', 'down', { encryptionMode: 'must_encrypt', portEncryptionStatus: 'Encryption Down' }),
    'MACsec has to be up (must_encrypt) and is not',
  )
})

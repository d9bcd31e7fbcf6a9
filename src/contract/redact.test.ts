import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redact, redactInput, redactOutput } from './redact.ts'
import type { Input, Shape } from './types.ts'

test('a request is recorded without its addresses, its key and its ASN', () => {
  const request: Input<'CreatePrivateVirtualInterface'> = {
    connectionId: 'dxcon-1',
    newPrivateVirtualInterface: {
      virtualInterfaceName: 'one',
      vlan: 7,
      asn: 65000,
      asnLong: 4_200_000_000,
      authKey: 'secret',
      amazonAddress: '169.254.0.1/30',
      customerAddress: '169.254.0.2/30',
      tags: [{ key: 'asn', value: 'cak' }],
    },
  }
  assert.deepEqual(redactInput('CreatePrivateVirtualInterface', request), {
    connectionId: 'dxcon-1',
    newPrivateVirtualInterface: {
      virtualInterfaceName: 'one',
      vlan: 7,
      asn: -1,
      asnLong: -1,
      authKey: '[PROTECTED]',
      amazonAddress: '[PROTECTED]',
      customerAddress: '[PROTECTED]',
      tags: [{ key: 'asn', value: 'cak' }],
    },
  })
})

test('a copy is made', () => {
  const peer: Shape<'BGPPeer'> = { authKey: 'secret', asn: 65000 }
  redact('BGPPeer', peer)
  assert.deepEqual(peer, { authKey: 'secret', asn: 65000 })
})

test('a MACsec key is recorded by its name alone', () => {
  const request = { connectionId: 'dxcon-1', ckn: 'aa', cak: 'bb' }
  assert.deepEqual(redactInput('AssociateMacSecKey', request), {
    connectionId: 'dxcon-1',
    ckn: 'aa',
    cak: '[PROTECTED]',
  })
})

test('an answer is recorded without its documents, however deep its peers', () => {
  assert.deepEqual(redactOutput('DescribeLoa', { loaContent: new Uint8Array(9), loaContentType: 'application/pdf' }), {
    loaContent: '[PROTECTED]',
    loaContentType: 'application/pdf',
  })
  assert.deepEqual(
    redactOutput('DescribeVirtualInterfaces', {
      virtualInterfaces: [{ customerRouterConfig: '<key/>', amazonSideAsn: 64512, bgpPeers: [{ authKey: 'secret' }] }],
    }),
    {
      virtualInterfaces: [
        { customerRouterConfig: '[PROTECTED]', amazonSideAsn: 64512, bgpPeers: [{ authKey: '[PROTECTED]' }] },
      ],
    },
  )
})

test('an absent member stays absent, and an operation without input records nothing', () => {
  assert.deepEqual(redact('BGPPeer', { authKey: undefined, bgpPeerId: 'dxpeer-1' }), { bgpPeerId: 'dxpeer-1' })
  assert.deepEqual(redactInput('DescribeLocations', {}), {})
})

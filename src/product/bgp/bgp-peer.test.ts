import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enums } from '../../contract/enums.ts'
import type { EnumValue } from '../../contract/types.ts'
import { type BgpPeer, bgpPeerState, keptPeers } from './bgp-peer.ts'

type State = EnumValue<'BGPPeerState'>

const now = 1_000
const past = now - 1
const future = now + 1

const peer: BgpPeer = {
  id: 'dxpeer-f0000001',
  createdAt: 0,
  addressFamily: 'ipv4',
  asn: 65000,
  authKey: '0xsecret',
  amazonAddress: '169.254.0.1/30',
  customerAddress: '169.254.0.2/30',
  verifiedAt: past,
  provisionedAt: past,
  clears: [],
  deleteAskedAt: null,
  deletedAt: null,
}

/** Of every state that there is. */
const examples: Readonly<Record<State, readonly BgpPeer[]>> = {
  verifying: [
    { ...peer, verifiedAt: null, provisionedAt: null },
    { ...peer, verifiedAt: future, provisionedAt: future },
  ],
  pending: [
    { ...peer, provisionedAt: null },
    { ...peer, provisionedAt: future },
  ],
  available: [peer, { ...peer, provisionedAt: now }, { ...peer, deleteAskedAt: future }],
  deleting: [
    { ...peer, deleteAskedAt: past, deletedAt: future },
    { ...peer, verifiedAt: null, deleteAskedAt: now, deletedAt: future },
  ],
  deleted: [{ ...peer, deleteAskedAt: past, deletedAt: now }],
}

test('a BGP peer is verifying, pending, available, deleting, deleted: every state has its facts', () => {
  assert.deepEqual(Object.keys(examples).toSorted(), enums.BGPPeerState.toSorted())
  assert.deepEqual(new Set(bgpPeerState.rows.map(([state]) => state)), new Set(enums.BGPPeerState))
  for (const [state, peers] of Object.entries(examples))
    for (const example of peers) assert.equal(bgpPeerState.at(example, undefined, now), state)
})

test('a virtual interface keeps all its sessions, and the last ten of those that have ended', () => {
  const ended = Array.from({ length: 12 }, (_, n) => ({ ...peer, id: `ended ${n}`, deletedAt: now }))
  const leaving = { ...peer, id: 'leaving', deletedAt: future }
  const kept = keptPeers([peer, ...ended, leaving], now).map(({ id }) => id)
  assert.deepEqual(kept, [peer.id, ...ended.slice(2).map(({ id }) => id), 'leaving'])
})

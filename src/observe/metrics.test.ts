import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from './metrics.ts'

const carried = { bytesIngress: 10, packetsIngress: 1, bytesEgress: 20, packetsEgress: 2, errors: 3 }
const session = { virtualInterfaceId: 'dxvif-f1', addressFamily: 'ipv6', up: true }

test('what is carried is told by direction, what is seen as 1 or 0, and both only as long as it is there', async () => {
  const metrics = createMetrics()
  for (const bytesIngress of [10, 30]) {
    const { text } = await metrics.exposition([], {
      traffic: [
        { kind: 'virtual-interface', id: 'dxvif-f1', ...carried, bytesIngress },
        { kind: 'connection', id: 'dxcon-f1', ...carried },
      ],
      links: [{ connectionId: 'dxcon-f1', up: true, encrypted: false }],
      sessions: [{ ...session, prefixesAccepted: 7, prefixesAdvertised: 1 }],
    })
    for (const line of [
      `virtual_interface_bytes_total{virtual_interface="dxvif-f1",direction="ingress"} ${bytesIngress}`,
      'virtual_interface_packets_total{virtual_interface="dxvif-f1",direction="egress"} 2',
      'connection_bytes_total{connection="dxcon-f1",direction="egress"} 20',
      'connection_errors_total{connection="dxcon-f1"} 3',
      'connection_up{connection="dxcon-f1"} 1',
      'connection_encrypted{connection="dxcon-f1"} 0',
      'virtual_interface_bgp_up{virtual_interface="dxvif-f1",address_family="ipv6"} 1',
      'virtual_interface_bgp_prefixes{virtual_interface="dxvif-f1",address_family="ipv6",direction="accepted"} 7',
    ])
      assert.ok(text.includes(`crossconnect_${line}\n`), line)
  }
  const { text } = await metrics.exposition([], { traffic: [], links: [], sessions: [] })
  assert.doesNotMatch(text, /dxvif-f1|dxcon-f1/)
})

test('a fabric that carries nothing has no metrics of what it carries', async () => {
  const { text } = await createMetrics().exposition([], null)
  assert.doesNotMatch(text, /^crossconnect_connection_up/m)
})

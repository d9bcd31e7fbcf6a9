import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from './metrics.ts'

test('what a virtual interface carried is told by direction, and only as long as it is there', async () => {
  const metrics = createMetrics()
  const traffic = { id: 'dxvif-f1', bytesIngress: 10, packetsIngress: 1, bytesEgress: 20, packetsEgress: 2 }
  for (const bytesIngress of [10, 30]) {
    const { text } = await metrics.exposition([], [{ ...traffic, bytesIngress }])
    const line = `crossconnect_virtual_interface_bytes_total{virtual_interface="dxvif-f1",direction="ingress"} ${bytesIngress}`
    assert.ok(text.includes(`${line}\n`), text)
    assert.match(text, /packets_total\{virtual_interface="dxvif-f1",direction="egress"\} 2\n/)
  }
  assert.doesNotMatch((await metrics.exposition([], [])).text, /dxvif-f1/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Carrier } from './carrier.ts'
import { example } from './example.test-fixture.ts'
import { checkedRateLimit } from './rate-limits.ts'

const carrier: Carrier = {
  id: 'dxcon-f0000001',
  ownerAccount: '111122223333',
  region: 'us-east-1',
  location: 'EqDC2',
  speedBps: 10e9,
  hostedVlan: null,
}

test('a rate limit is one of a list, at most the speed of the dedicated connection or LAG', () => {
  for (const limit of ['50Mbps', '900Mbps', '1.5Gbps', '10Gbps'])
    assert.equal(checkedRateLimit(limit, carrier, []), limit)
  for (const none of [undefined, 'Unlimited']) assert.equal(checkedRateLimit(none, carrier, []), null)
  for (const wrong of ['', '55Mbps', '1Gb', '10gbps', '1000Mbps', 'constructor'])
    assert.throws(() => checkedRateLimit(wrong, carrier, []), {
      message: /for rateLimit: it must be one of 50Mbps, 100Mbps/,
    })
  assert.throws(() => checkedRateLimit('12Gbps', carrier, []), { message: /more than the speed of dxcon-f0000001/ })
  assert.equal(checkedRateLimit('1.6Tbps', { ...carrier, speedBps: 1.6e12 }, []), '1.6Tbps')
  assert.throws(() => checkedRateLimit('50Mbps', { ...carrier, hostedVlan: 101 }, []), { message: /hosted connection/ })
})

test('a connection has 10 rate limiters; beyond them LimitExceededException', () => {
  const limited = Array.from({ length: 10 }, (_, i) => ({ ...example, id: `dxvif-f000000${i}`, rateLimit: '50Mbps' }))
  const unlimited = { ...example, id: 'dxvif-fff' }
  assert.throws(() => checkedRateLimit('1Gbps', carrier, [...limited, unlimited]), {
    code: 'LimitExceededException',
    message: /limit of 10/,
  })
  assert.equal(checkedRateLimit('1Gbps', carrier, [...limited.slice(1), unlimited]), '1Gbps')
})

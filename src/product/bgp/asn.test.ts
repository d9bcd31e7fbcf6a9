import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { checkDifferentAsn, chosenAsn, isPrivateAsn, showAsn } from './asn.ts'

test('asn is 1 to 2147483646, asnLong 1 to 4294967294; of both asnLong counts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4_294_967_294 }), fc.option(fc.integer()), (asnLong, asn) => {
      assert.equal(chosenAsn({ asnLong, asn: asn ?? undefined }), asnLong)
    }),
  )
  fc.assert(fc.property(fc.integer({ min: 1, max: 2_147_483_646 }), (asn) => assert.equal(chosenAsn({ asn }), asn)))
  assert.throws(() => chosenAsn({ asn: -94_967_296 }), {
    message: 'BGP ASN -94967296 must have value greater than or equal to 1',
  })
  for (const wrong of [{ asn: 0 }, { asn: 2_147_483_647 }, { asnLong: 0 }, { asnLong: 4_294_967_295 }])
    assert.throws(() => chosenAsn(wrong), { code: 'DirectConnectClientException', message: /BGP ASN \d+ must have/ })
  assert.throws(() => chosenAsn({}), { message: 'Field asn or asnLong is required' })
})

test('an answer has an ASN in both members, and 0 as asn where it does not fit', () => {
  assert.deepEqual(showAsn(65_000), { asn: 65_000, asnLong: 65_000 })
  assert.deepEqual(showAsn(2_147_483_646), { asn: 2_147_483_646, asnLong: 2_147_483_646 })
  assert.deepEqual(showAsn(4_200_000_000), { asn: 0, asnLong: 4_200_000_000 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4_294_967_294 }), (asn) => {
      // Whoever sends back what was answered asks for the same.
      assert.equal(chosenAsn(showAsn(asn)), asn)
    }),
  )
})

test('private ASNs are 64512 to 65534 and 4200000000 to 4294967294; both sides of a session differ', () => {
  for (const asn of [64_512, 65_534, 4_200_000_000, 4_294_967_294]) assert.ok(isPrivateAsn(asn))
  for (const asn of [1, 64_511, 65_535, 4_199_999_999, 4_294_967_295]) assert.ok(!isPrivateAsn(asn))
  assert.throws(() => checkDifferentAsn(64_512, 64_512), { message: /must differ/ })
  checkDifferentAsn(64_513, 64_512)
})

/** Requests whose credentials cannot be read, or leave something out. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  answer,
  presigned,
  signed,
  signedByHand,
  withAuthorization,
  withHeader,
  withoutHeader,
  withoutParameter,
  withParameter,
} from './sigv4.test-fixture.ts'

test('a request without credentials is refused with MissingAuthenticationTokenException', async () => {
  const missing = 'MissingAuthenticationTokenException 403: Missing Authentication Token'
  assert.equal(await answer(withoutHeader(await signed(), 'authorization')), missing)
  assert.equal(await answer(withAuthorization(await signed(), () => '')), missing)
  assert.equal(await answer({ method: 'GET', url: '/', rawHeaders: [], body: new Uint8Array() }), missing)
})

test('credentials in both forms are refused', async () => {
  const { parameters } = await presigned()
  assert.equal(
    await answer({ ...(await signed()), parameters }),
    "InvalidSignatureException 403: Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  )
})

test('an Authorization header says all that it lacks, and that no date came', async () => {
  const bare = withAuthorization(withoutHeader(await signed(), 'x-amz-date'), () => 'AWS4-HMAC-SHA256')
  assert.equal(
    await answer(bare),
    "IncompleteSignatureException 400: Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  )
})

for (const parameter of ['Credential', 'SignedHeaders', 'Signature'])
  test(`an Authorization header without ${parameter}, or with two, is incomplete`, async () => {
    const request = await signed()
    const part = new RegExp(`${parameter}=[^,]*(, )?`)
    const lacking = `IncompleteSignatureException 400: Authorization header requires '${parameter}' parameter.`
    assert.equal(await answer(withAuthorization(request, (v) => v.replace(part, ''))), lacking)
    assert.equal(await answer(withAuthorization(request, (v) => v.replace(part, `${parameter}=, `))), lacking)
    assert.equal(
      await answer(withAuthorization(request, (v) => `${v}, ${parameter}=x`)),
      `IncompleteSignatureException 400: Authorization header requires '${parameter}' parameter only once.`,
    )
  })

test('two Authorization headers are refused', async () => {
  const request = await signed()
  const twice = { ...request, headers: [...request.headers, ...request.headers.filter(([n]) => n === 'authorization')] }
  assert.match(await answer(twice), /^IncompleteSignatureException 400/)
})

test('an Authorization header of another scheme is incomplete, and is not repeated in the answer', async () => {
  const refusal = await answer(withAuthorization(await signed(), () => 'Bearer some-secret'))
  assert.equal(
    refusal,
    'IncompleteSignatureException 400: Invalid key=value pair (missing equal-sign) in Authorization header.',
  )
})

test('an Authorization header without an algorithm is incomplete', async () => {
  assert.equal(
    await answer(withAuthorization(await signed(), (v) => v.replace('AWS4-HMAC-SHA256 ', ''))),
    'IncompleteSignatureException 400: Authorization header must begin with the algorithm name, which cannot include an equal-sign.',
  )
})

test('any other algorithm is refused', async () => {
  const refusal = "IncompleteSignatureException 400: Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'."
  assert.equal(await answer(withAuthorization(await signed(), (v) => v.replace('SHA256', 'SHA512'))), refusal)
  assert.equal(await answer(withParameter(await presigned(), 'X-Amz-Algorithm', () => 'AWS4-HMAC-SHA512')), refusal)
})

for (const separator of [',', ' ', ' , '])
  test(`the parts of an Authorization header may be separated by "${separator}"`, async () => {
    assert.equal(await answer(withAuthorization(await signed(), (v) => v.replaceAll(', ', separator))), 'accepted')
  })

test('a request without a date is incomplete', async () => {
  assert.equal(
    await answer(withoutHeader(await signed(), 'x-amz-date')),
    "IncompleteSignatureException 400: Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  )
})

for (const date of ['2026-11-21T00:10:00Z', '20261121', '20261131T001000Z', '20261121T240000Z', 'Sat, 21 Nov 2026'])
  test(`${date} is no date of a signature`, async () => {
    assert.equal(
      await answer(withHeader(await signed(), 'x-amz-date', () => date)),
      `IncompleteSignatureException 400: Date must be in ISO-8601 'basic format'. Got '${date}'.`,
    )
  })

for (const date of ['20261121T001000Z', 'Sat, 21 Nov 2026 00:10:00 GMT'])
  test(`a Date header such as ${date} serves where X-Amz-Date is missing`, async () => {
    assert.equal(await answer(signedByHand({ date, host: 'localhost' })), 'accepted')
  })

test('a presigned URL says all that it lacks', async () => {
  const request = withoutParameter(withoutParameter(await presigned(), 'X-Amz-Date'), 'X-Amz-SignedHeaders')
  assert.equal(
    await answer(request),
    "IncompleteSignatureException 400: AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
  )
})

for (const parameter of ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'])
  test(`a presigned URL without ${parameter}, or with two, is incomplete`, async () => {
    const request = await presigned()
    const lacking = `IncompleteSignatureException 400: AWS query-string parameters must include '${parameter}'. Re-examine the query-string parameters.`
    assert.equal(await answer(withoutParameter(request, parameter)), lacking)
    assert.equal(await answer(withParameter(request, parameter, () => '')), lacking)
    assert.equal(
      await answer({ ...request, parameters: [...request.parameters, [parameter, 'x']] }),
      `IncompleteSignatureException 400: AWS query-string parameters must include '${parameter}' only once.`,
    )
  })

for (const credential of ['test', 'a/b/c/d', 'a/b/c/d/', 'test/20261121/eu-central-1/directconnect/aws4_request/x'])
  test(`a credential has exactly five parts, unlike ${credential}`, async () => {
    const refusal = `IncompleteSignatureException 400: Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'.`
    assert.equal(await answer(withAuthorization(await signed(), (v) => v.replace(/test\/[^,]*/, credential))), refusal)
    assert.equal(await answer(withParameter(await presigned(), 'X-Amz-Credential', () => credential)), refusal)
  })

for (const expires of ['0', '-1', '604801', '1.5', '1e3', '', 'x', '99999999999999999999'])
  test(`X-Amz-Expires is a whole number of seconds from 1 to 604800, unlike "${expires}"`, async () => {
    assert.equal(
      await answer(withParameter(await presigned(), 'X-Amz-Expires', () => expires)),
      `IncompleteSignatureException 400: X-Amz-Expires must be a whole number of seconds from 1 to 604800. Got '${expires}'.`,
    )
  })

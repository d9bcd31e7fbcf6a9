/** Whatever the official signer signs is accepted; whatever is changed afterwards is refused. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { AccessKey, AccessKeys } from './access-keys.ts'
import { AuthenticationError, type AuthenticationErrorCode } from './authentication-error.ts'
import { type Draft, onTheWire, percentEncode, type SignedDraft, type Signing, sign } from './sigv4.test-signer.ts'
import { verifySignature } from './sigv4.ts'

const SERVICES = ['directconnect', 'ec2', 'sts', 'tagging']

const key = (accessKeyId: string, secretAccessKey: string, accountId: string): AccessKey => ({
  accessKeyId,
  secretAccessKey,
  accountId,
  principalArn: `arn:aws:iam::${accountId}:root`,
  sessionToken: { kind: 'any' },
})
const OWNERS = [key('AKIAALICE', 'alice/+=secret', '222222222222'), key('AKIABOB', 'bob', '333333333333')]
const keys: AccessKeys = { find: async (id) => OWNERS.find((owner) => owner.accessKeyId === id) }

const word = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 1,
  maxLength: 12,
})
const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const segment = fc.oneof(
  { weight: 3, arbitrary: text.map(percentEncode) },
  { weight: 1, arbitrary: fc.constantFrom('', '.', '..', '%2F', '%2e%2E', '%', '%zz', '日本', 'a+b', "!$&'()*,;=:@~") },
)
const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`)
const query = fc.dictionary(
  fc.oneof(text, fc.constantFrom('Action', 'a', 'a-b', 'A', 'key with space')).filter((name) => name !== '__proto__'),
  fc.oneof(
    text,
    fc.array(fc.oneof(text, fc.constantFrom('', '=&?#/+%', 'a b', '\t\n')), { minLength: 1, maxLength: 3 }),
  ),
  { maxKeys: 5 },
)
const headerValue = fc
  .oneof(text, fc.constantFrom('', 'a  b \t c', '  padded  ', 'naïve', 'a, b,c'))
  .map((value) => value.replace(/\p{Cc}/gu, '-'))
const headers = fc
  .dictionary(
    fc.tuple(fc.constantFrom('x-amz-', 'X-Amz-Meta-', 'Custom-', 'x_'), word).map((parts) => parts.join('')),
    headerValue,
    { maxKeys: 4, noNullPrototype: true },
  )
  .map((some) =>
    Object.assign(some, { Host: 'directconnect.example:7224', 'X-Amz-Target': 'OvertureService.DescribeLocations' }),
  )
const draft: fc.Arbitrary<Draft> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
  path,
  query,
  headers,
  body: fc.uint8Array({ maxLength: 200 }),
})
/** Who signs for a Region of another partition is named in it. */
const PARTITIONS: Readonly<Record<string, string>> = { 'cn-north-1': 'aws-cn', 'us-gov-west-1': 'aws-us-gov' }

const signing: fc.Arbitrary<Signing> = fc
  .record({
    form: fc.constantFrom('header', 'presigned'),
    owner: fc.constantFrom(...OWNERS),
    sessionToken: fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
    region: fc.oneof(
      fc.constantFrom('us-east-1', 'cn-north-1', 'us-gov-west-1'),
      word.map((end) => `x-${end}`),
    ),
    service: fc.constantFrom(...SERVICES),
    // Not the last seconds of a day: a date moved by a second then stays within its scope.
    date: fc
      .integer({ min: 0, max: 4_000_000_000 })
      .map((second) => new Date((second - (second % 86_400 > 86_000 ? 1000 : 0)) * 1000)),
    contentHash: fc.boolean(),
    expiresSeconds: fc.integer({ min: 1, max: 604_800 }),
  })
  .map(({ owner: { accessKeyId, secretAccessKey }, ...rest }) => Object.assign(rest, { accessKeyId, secretAccessKey }))

const verify = (request: Parameters<typeof verifySignature>[0], now: Date) =>
  verifySignature(request, keys, { services: SERVICES, now: () => now.getTime() })

test('whatever the official signer signs is accepted, in both forms', async () => {
  await fc.assert(
    fc.asyncProperty(draft, signing, async (request, signed) => {
      const identity = await verify(onTheWire(await sign(request, signed)), signed.date)
      assert.deepEqual(identity, {
        accountId: OWNERS.find((owner) => owner.accessKeyId === signed.accessKeyId)?.accountId,
        principalArn: OWNERS.find((owner) => owner.accessKeyId === signed.accessKeyId)?.principalArn.replace(
          'arn:aws:',
          `arn:${PARTITIONS[signed.region] ?? 'aws'}:`,
        ),
        accessKeyId: signed.accessKeyId,
        region: signed.region,
        service: signed.service,
      })
    }),
    { numRuns: 1000 },
  )
})

test('neither the order nor the spelling on the wire changes what was signed', async () => {
  const respell = fc.record({
    upperCaseNames: fc.boolean(),
    reverseHeaders: fc.boolean(),
    reverseParameters: fc.boolean(),
    pad: fc.constantFrom('', ' ', ' \t '),
    plusForSpace: fc.boolean(),
    lowerCaseHex: fc.boolean(),
    encodeLetters: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(draft, signing, respell, async (request, signed, how) => {
      const result = await sign(request, signed)
      const parameters = how.reverseParameters ? result.parameters.toReversed() : result.parameters
      const wireHeaders = (how.reverseHeaders ? result.headers.toReversed() : result.headers).map(
        ([name, value]) => [how.upperCaseNames ? name.toUpperCase() : name, `${how.pad}${value}${how.pad}`] as const,
      )
      const spell = (part: string) => {
        let encoded = percentEncode(part)
        if (how.encodeLetters) encoded = encoded.replace(/(?<!%.?)[G-Zg-z]/g, (letter) => `%${hex(letter)}`)
        if (how.lowerCaseHex) encoded = encoded.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase())
        return how.plusForSpace ? encoded.replaceAll('%20', '+') : encoded
      }
      const wire = onTheWire({ ...result, parameters: [], headers: wireHeaders })
      const search = parameters
        .map(([name, value]) => (value === '' && name !== '' ? spell(name) : `${spell(name)}=${spell(value)}`))
        .join('&')
      await verify({ ...wire, url: search === '' ? wire.url : `${wire.url}?${search}` }, signed.date)
    }),
    { numRuns: 500 },
  )
})

/** What somebody on the way could do, and the code that meets it. `undefined`: there is nothing of the kind to change. */
type Tampering = readonly [
  what: string,
  change: (signed: SignedDraft) => SignedDraft | undefined,
  AuthenticationErrorCode,
]

const TAMPERINGS: readonly Tampering[] = [
  ['a byte of the body changes', (d) => ({ ...d, body: changeFirst(d.body) }), 'InvalidSignatureException'],
  ['the body grows', (d) => ({ ...d, body: Buffer.concat([d.body, Buffer.from('x')]) }), 'InvalidSignatureException'],
  ['the method changes', (d) => ({ ...d, method: 'PATCH' }), 'InvalidSignatureException'],
  ['the path changes', (d) => ({ ...d, path: `${d.path}/x` }), 'InvalidSignatureException'],
  [
    'a parameter is added',
    (d) => ({ ...d, parameters: [...d.parameters, ['Action', 'Delete']] }),
    'InvalidSignatureException',
  ],
  [
    'a parameter is taken away',
    (d) => {
      const victim = d.parameters.findIndex(([name]) => !name.startsWith('X-Amz-'))
      return victim < 0 ? undefined : { ...d, parameters: d.parameters.toSpliced(victim, 1) }
    },
    'InvalidSignatureException',
  ],
  ['the host changes', (d) => header(d, 'host', () => 'elsewhere'), 'InvalidSignatureException'],
  [
    'the operation changes',
    (d) => either(d, 'x-amz-target', (v) => v.replace('Describe', 'Delete')),
    'InvalidSignatureException',
  ],
  ['another signed header changes', (d) => header(d, 'custom-', (v) => `${v}x`), 'InvalidSignatureException'],
  [
    'an x-amz header is added',
    (d) => ({ ...d, headers: [...d.headers, ['x-amz-added', '1']] }),
    'IncompleteSignatureException',
  ],
  ['the date moves by a second', (d) => either(d, 'x-amz-date', nextSecond), 'InvalidSignatureException'],
  ['the year changes', (d) => either(d, 'x-amz-date', (v) => v.replace(/^..../, '2196')), 'InvalidSignatureException'],
  [
    'its validity changes',
    (d) => either(d, 'x-amz-expires', (v) => (v === '7' ? '8' : '7')),
    'InvalidSignatureException',
  ],
  ['the session token changes', (d) => either(d, 'x-amz-security-token', (v) => `${v}x`), 'InvalidSignatureException'],
  ['a digit of the signature changes', (d) => signatureOf(d, (v) => changeDigit(v)), 'InvalidSignatureException'],
  ['the signature is shorter', (d) => signatureOf(d, (v) => v.slice(0, -1)), 'InvalidSignatureException'],
  ['the signature is in upper case', (d) => signatureOf(d, (v) => v.toUpperCase()), 'InvalidSignatureException'],
  ['the key is somebody else’s', (d) => credential(d, 0, (v) => otherOwner(v)), 'InvalidSignatureException'],
  ['the key is nobody’s', (d) => credential(d, 0, () => 'AKIANOBODY'), 'UnrecognizedClientException'],
  ['the date of the scope changes', (d) => credential(d, 1, () => '20990101'), 'InvalidSignatureException'],
  ['the region of the scope changes', (d) => credential(d, 2, (v) => `${v}1`), 'InvalidSignatureException'],
  [
    'the service of the scope changes to another one here',
    (d) => credential(d, 3, (v) => (v === 'ec2' ? 'sts' : 'ec2')),
    'InvalidSignatureException',
  ],
  [
    'the service of the scope changes to one of elsewhere',
    (d) => credential(d, 3, () => 's3'),
    'InvalidSignatureException',
  ],
  ['the terminator of the scope changes', (d) => credential(d, 4, () => 'aws5_request'), 'InvalidSignatureException'],
]

for (const [what, change, code] of TAMPERINGS)
  test(`a request is refused with ${code} when ${what}`, async () => {
    await fc.assert(
      fc.asyncProperty(draft, signing, async (request, signed) => {
        const changed = change(await sign(request, signed))
        fc.pre(changed !== undefined)
        const refusal = await verify(onTheWire(changed), signed.date).then(
          () => 'accepted',
          (error: unknown) => (error instanceof AuthenticationError ? error.code : error),
        )
        assert.equal(refusal, code)
      }),
      { numRuns: 60 },
    )
  })

test('nothing that arrives, however odd, makes the verifier throw anything but an AuthenticationError', async () => {
  const latin1 = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) })
  const name = fc.oneof(
    latin1,
    fc.constantFrom('Authorization', 'Host', 'X-Amz-Date', 'Date', 'X-Amz-Security-Token', 'X-Amz-Content-Sha256'),
  )
  const piece = fc.constantFrom(
    ...'AWS4-HMAC-SHA256|Credential=|SignedHeaders=|Signature=|AKIAALICE/20260101/x/ec2/aws4_request|host|;|,| |='.split(
      '|',
    ),
    ...'X-Amz-Algorithm=|X-Amz-Credential=|X-Amz-Date=|X-Amz-Signature=|X-Amz-SignedHeaders=|X-Amz-Expires='.split('|'),
    ...'20260101T000000Z|99999999T999999Z|&|%|%zz|%ff|/|?|Fri, 31 Feb 2026 00:00:00 GMT'.split('|'),
  )
  const odd = fc.oneof(
    latin1,
    fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join('')),
  )
  await fc.assert(
    fc.asyncProperty(latin1, odd, fc.array(fc.tuple(name, odd)), async (method, url, pairs) => {
      const request = { method, url, rawHeaders: pairs.flat(), body: new Uint8Array() }
      await assert.rejects(verify(request, new Date('2026-01-01T00:00:00Z')), AuthenticationError)
    }),
    { numRuns: 2000 },
  )
})

function hex(letter: string): string {
  return letter.charCodeAt(0).toString(16).toUpperCase()
}

function changeFirst(body: Uint8Array): Uint8Array {
  return body.length === 0 ? Buffer.from('x') : Uint8Array.from(body, (byte, i) => (i === 0 ? byte ^ 1 : byte))
}

/** Changes the first header whose lower-case name starts with `start`. */
function header(signed: SignedDraft, start: string, change: (value: string) => string): SignedDraft | undefined {
  const victim = signed.headers.findIndex(([name]) => name.toLowerCase().startsWith(start))
  const [name, value] = signed.headers[victim] ?? []
  if (name === undefined || value === undefined) return undefined
  return { ...signed, headers: signed.headers.with(victim, [name, change(value)]) }
}

/** Changes what stands in a header in one form and in a parameter in the other. */
function either(signed: SignedDraft, lowerName: string, change: (value: string) => string): SignedDraft | undefined {
  const victim = signed.parameters.findIndex(([name]) => name.toLowerCase() === lowerName)
  const [name, value] = signed.parameters[victim] ?? []
  if (name === undefined || value === undefined) return header(signed, lowerName, change)
  return { ...signed, parameters: signed.parameters.with(victim, [name, change(value)]) }
}

function signatureOf(signed: SignedDraft, change: (value: string) => string): SignedDraft | undefined {
  return (
    header(signed, 'authorization', (v) => v.replace(/(?<=Signature=).*/, change)) ??
    either(signed, 'x-amz-signature', change)
  )
}

function credential(signed: SignedDraft, part: number, change: (value: string) => string): SignedDraft | undefined {
  const edit = (whole: string) =>
    whole
      .split('/')
      .map((value, i) => (i === part ? change(value) : value))
      .join('/')
  return (
    header(signed, 'authorization', (v) => v.replace(/(?<=Credential=)[^,]*/, edit)) ??
    either(signed, 'x-amz-credential', edit)
  )
}

function otherOwner(accessKeyId: string): string {
  return OWNERS.find((owner) => owner.accessKeyId !== accessKeyId)?.accessKeyId ?? ''
}

function changeDigit(signature: string): string {
  return (signature.startsWith('0') ? '1' : '0') + signature.slice(1)
}

/** Within the same day: `date` never is in its last seconds. */
function nextSecond(date: string): string {
  const [, start = '', minute = '', second = ''] = /^(.*T..)(..)(..)Z$/.exec(date) ?? []
  return second === '59' ? `${start}${minute}58Z` : `${start}${minute}${String(Number(second) + 1).padStart(2, '0')}Z`
}

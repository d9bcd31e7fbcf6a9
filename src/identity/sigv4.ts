/**
 * Who sent this request? AWS Signature Version 4, verified: in an Authorization header or in the query of a presigned
 * URL. What is checked, in AWS's order: the form, the time, the scope, and only then whether the key exists, whether the
 * signature is that key's, and whether the session token is.
 *
 * Unlike S3, these services have no unsigned and no streamed payload: the hash of the body that arrived is what is
 * signed, so `UNSIGNED-PAYLOAD` never verifies.
 *
 * @source AWS IAM User Guide, "AWS Signature Version 4 for API requests" and "Troubleshoot Signature Version 4"
 */

import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto'
import { partitionOf } from '../product/arn.ts'
import type { AccessKey, AccessKeys } from './access-keys.ts'
import { AuthenticationError } from './authentication-error.ts'
import {
  canonicalHeaders,
  canonicalRequest,
  queryParameters,
  type ReceivedRequest,
  splitTarget,
} from './canonical-request.ts'
import { amzDate, CLOCK_SKEW_SECONDS, type Claim, readClaim, type Scope, SIGNATURE_PARAMETER } from './claim.ts'

export interface Identity {
  readonly accountId: string
  /** In the partition of the Region: clients learn from it in which they are. */
  readonly principalArn: string
  readonly accessKeyId: string
  /** From the signature's scope; it looks like a Region, whether or not there is one of this name. */
  readonly region: string
  /** From the signature's scope; one of `services`. */
  readonly service: string
}

export interface VerifyOptions {
  /** Those that answer on this port, as scopes spell them: `directconnect`, `ec2`, … */
  readonly services: readonly string[]
  /** Real time in milliseconds since 1970, never the product's movable clock. */
  readonly now: () => number
}

const REGION = /^[a-z][a-z0-9-]{0,62}$/
const INVALID_TOKEN = 'The security token included in the request is invalid.'
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/**
 * @throws AuthenticationError, and nothing else but what `keys.find` itself rejects with
 */
export async function verifySignature(
  request: ReceivedRequest,
  keys: AccessKeys,
  { services, now }: VerifyOptions,
): Promise<Identity> {
  const { path, query } = splitTarget(request.url)
  const headers = canonicalHeaders(request.rawHeaders)
  const parameters = queryParameters(query)
  const claim = readClaim(headers, parameters)
  checkSignedHeaders(claim, headers)
  checkTime(claim, Math.floor(now() / 1000))
  checkScope(claim, services)

  const key = await keys.find(claim.accessKeyId)
  if (key === undefined) throw new AuthenticationError('UnrecognizedClientException', INVALID_TOKEN)

  const payloadHash = hash('sha256', request.body)
  const signable = parameters.filter(([name]) => name !== SIGNATURE_PARAMETER)
  const canonical = canonicalRequest(request.method, path, signable, headers, claim.signedHeaders, payloadHash)
  checkSignature(claim, key, canonical)
  if ((headers.get('x-amz-content-sha256') ?? payloadHash) !== payloadHash) throw invalid(MISMATCH)
  checkSessionToken(claim, key, now())

  return {
    accountId: key.accountId,
    principalArn: inPartition(key.principalArn, partitionOf(claim.scope.region)),
    accessKeyId: key.accessKeyId,
    region: claim.scope.region,
    service: claim.scope.service,
  }
}

function inPartition(arn: string, partition: string): string {
  return partition === 'aws' ? arn : arn.replace(/^arn:aws:/, `arn:${partition}:`)
}

/** What is not signed could have been added by anybody: the host, and whatever tells the service what to do, must be. */
function checkSignedHeaders(claim: Claim, headers: ReadonlyMap<string, string>): void {
  const signed = new Set(claim.signedHeaders)
  if (!signed.has('host'))
    throw new AuthenticationError(
      'IncompleteSignatureException',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    )
  for (const name of headers.keys())
    if (name.startsWith('x-amz-') && !signed.has(name))
      throw new AuthenticationError(
        'IncompleteSignatureException',
        `'${name}' must be a 'SignedHeader' in the AWS Authorization.`,
      )
  for (const name of signed)
    if (!headers.has(name))
      throw invalid(`'${name}' is a 'SignedHeader' in the AWS Authorization, but not a header of the request.`)
}

/** Usable from `CLOCK_SKEW_SECONDS` before its date, for clients whose clock is ahead, until its validity ends. */
function checkTime({ signedAtSeconds, signedAt, validSeconds }: Claim, nowSeconds: number): void {
  const earliest = nowSeconds - validSeconds
  const latest = nowSeconds + CLOCK_SKEW_SECONDS
  if (signedAtSeconds < earliest)
    throw invalid(
      `Signature expired: ${signedAt} is now earlier than ${amzDate(earliest)} (${amzDate(nowSeconds)} - ${duration(validSeconds)})`,
    )
  if (signedAtSeconds > latest)
    throw invalid(
      `Signature not yet current: ${signedAt} is still later than ${amzDate(latest)} (${amzDate(nowSeconds)} + ${duration(CLOCK_SKEW_SECONDS)})`,
    )
}

function duration(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min.` : `${seconds} sec.`
}

/** Says everything that is wrong with the scope at once, as AWS does. */
function checkScope({ scope, signedAt }: Claim, services: readonly string[]): void {
  const signedOn = signedAt.slice(0, 8)
  const wrong: string[] = []
  if (!REGION.test(scope.region)) wrong.push(`Credential should be scoped to a valid region, not '${scope.region}'.`)
  if (!services.includes(scope.service))
    wrong.push(`Credential should be scoped to correct service: ${services.map((name) => `'${name}'`).join(' or ')}.`)
  if (scope.terminator !== 'aws4_request')
    wrong.push(`Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'.`)
  if (scope.date !== signedOn)
    wrong.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${signedOn}', from '${signedAt}'.`,
    )
  if (wrong.length > 0) throw invalid(wrong.join(' '))
}

function checkSignature(claim: Claim, key: AccessKey, canonical: string): void {
  const scope = scopeText(claim.scope)
  const canonicalHash = hash('sha256', Buffer.from(canonical, 'latin1'))
  const stringToSign = `AWS4-HMAC-SHA256\n${claim.signedAt}\n${scope}\n${canonicalHash}`
  const memo = `${key.secretAccessKey}/${scope}`
  const remembered = signingKeys.get(memo)
  const signingKey = remembered ?? deriveSigningKey(key.secretAccessKey, claim.scope)
  const expected = createHmac('sha256', signingKey).update(stringToSign).digest('hex')
  if (!sameText(expected, claim.signature)) throw invalid(MISMATCH)
  if (remembered === undefined) remember(memo, signingKey)
}

function checkSessionToken({ sessionToken }: Claim, { sessionToken: rule }: AccessKey, now: number): void {
  if (!isTokenAccepted(sessionToken, rule)) throw new AuthenticationError('UnrecognizedClientException', INVALID_TOKEN)
  if (rule.kind === 'exactly' && rule.expiresAt !== undefined && rule.expiresAt <= now)
    throw new AuthenticationError('ExpiredTokenException', 'The security token included in the request is expired')
}

function isTokenAccepted(token: string | undefined, rule: AccessKey['sessionToken']): boolean {
  switch (rule.kind) {
    case 'any':
      return true
    case 'none':
      return token === undefined
    case 'exactly':
      return token !== undefined && sameText(rule.token, token)
  }
}

/**
 * Signing keys by secret and scope: by the secret, so that a key whose secret was replaced finds nothing here. Only keys
 * that have just verified a signature come in, so that strangers cannot push others out. A key is good for one day, and
 * the oldest leave first.
 */
const signingKeys = new Map<string, KeyObject>()
const REMEMBERED_SIGNING_KEYS = 1000

function remember(memo: string, signingKey: KeyObject): void {
  if (signingKeys.size >= REMEMBERED_SIGNING_KEYS)
    for (const oldest of signingKeys.keys()) {
      signingKeys.delete(oldest)
      break
    }
  signingKeys.set(memo, signingKey)
}

function deriveSigningKey(secretAccessKey: string, { date, region, service, terminator }: Scope): KeyObject {
  let key = Buffer.from(`AWS4${secretAccessKey}`)
  for (const part of [date, region, service, terminator]) key = createHmac('sha256', key).update(part).digest()
  return createSecretKey(key)
}

function scopeText({ date, region, service, terminator }: Scope): string {
  return `${date}/${region}/${service}/${terminator}`
}

/** In a time that tells only whether the lengths are the same. */
function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

function invalid(message: string): AuthenticationError {
  return new AuthenticationError('InvalidSignatureException', message)
}

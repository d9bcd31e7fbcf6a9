/** Requests of the named cases: signed at `NOW` for a server that has `KEYS`, then changed by hand. */

import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { type AccessKey, developmentKeys, firstOf } from './access-keys.ts'
import { AuthenticationError } from './authentication-error.ts'
import type { ReceivedRequest } from './canonical-request.ts'
import { type Draft, onTheWire, type SignedDraft, type Signing, sign } from './sigv4.test-signer.ts'
import { verifySignature } from './sigv4.ts'

export const NOW = new Date('2026-11-21T00:10:00Z')

export const STORED: AccessKey = {
  accessKeyId: 'AKIASTORED',
  secretAccessKey: 'long and secret',
  accountId: '222222222222',
  principalArn: 'arn:aws:iam::222222222222:user/alice',
  sessionToken: { kind: 'none' },
}
export const TEMPORARY: AccessKey = {
  ...STORED,
  accessKeyId: 'ASIATEMPORARY',
  sessionToken: { kind: 'exactly', token: 'the token' },
}
const KEYS = firstOf(developmentKeys(), {
  find: async (accessKeyId) => [STORED, TEMPORARY].find((one) => one.accessKeyId === accessKeyId),
})

export const DRAFT: Draft = {
  method: 'POST',
  path: '/',
  query: {},
  headers: { host: 'localhost:7224' },
  body: Buffer.from('{}'),
}
const SIGNING: Signing = {
  form: 'header',
  accessKeyId: 'test',
  secretAccessKey: 'test',
  region: 'eu-central-1',
  service: 'directconnect',
  date: NOW,
  contentHash: false,
  expiresSeconds: 900,
}

export function signed(signing: Partial<Signing> = {}, draft: Partial<Draft> = {}): Promise<SignedDraft> {
  return sign({ ...DRAFT, ...draft }, { ...SIGNING, ...signing })
}

export function presigned(signing: Partial<Signing> = {}, draft: Partial<Draft> = {}): Promise<SignedDraft> {
  return signed({ form: 'presigned', ...signing }, draft)
}

/** For what the official signer never makes. `headers`: lower case, sorted; all are signed. */
export function signedByHand(
  headers: Readonly<Record<string, string>>,
  key: Pick<AccessKey, 'accessKeyId' | 'secretAccessKey'> = SIGNING,
): SignedDraft {
  const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text).digest()
  const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')
  const names = Object.keys(headers).join(';')
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
  const canonical = `${DRAFT.method}\n/\n\n${lines.join('')}\n${names}\n${sha256(DRAFT.body)}`
  const scope = ['20261121', 'eu-central-1', 'directconnect', 'aws4_request']
  const signingKey = scope.reduce<string | Buffer>(hmac, `AWS4${key.secretAccessKey}`)
  const signature = hmac(signingKey, `AWS4-HMAC-SHA256\n20261121T001000Z\n${scope.join('/')}\n${sha256(canonical)}`)
  const authorization = `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature.toString('hex')}`
  return { ...DRAFT, parameters: [], headers: [...Object.entries(headers), ['authorization', authorization]] }
}

export function verify(request: SignedDraft, now = NOW, services = ['directconnect']) {
  return verifySignature(onTheWire(request), KEYS, { services, now: () => now.getTime() })
}

/** `code status: message`, or `accepted`. */
export async function answer(request: SignedDraft | ReceivedRequest, now = NOW, services = ['directconnect']) {
  const received = 'url' in request ? request : onTheWire(request)
  try {
    await verifySignature(received, KEYS, { services, now: () => now.getTime() })
    return 'accepted'
  } catch (error) {
    assert.ok(error instanceof AuthenticationError)
    return `${error.code} ${error.status}: ${error.message}`
  }
}

type Change = (value: string) => string

export function withHeader(request: SignedDraft, name: string, change: Change): SignedDraft {
  return { ...request, headers: request.headers.map(([n, v]) => [n, n === name ? change(v) : v] as const) }
}

export function withoutHeader(request: SignedDraft, name: string): SignedDraft {
  return { ...request, headers: request.headers.filter(([n]) => n !== name) }
}

export function withAuthorization(request: SignedDraft, change: Change): SignedDraft {
  return withHeader(request, 'authorization', change)
}

export function withParameter(request: SignedDraft, name: string, change: Change): SignedDraft {
  return { ...request, parameters: request.parameters.map(([n, v]) => [n, n === name ? change(v) : v] as const) }
}

export function withoutParameter(request: SignedDraft, name: string): SignedDraft {
  return { ...request, parameters: request.parameters.filter(([n]) => n !== name) }
}

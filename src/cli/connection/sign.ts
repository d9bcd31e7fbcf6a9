import { createHash, createHmac } from 'node:crypto'
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4'
import type { Credentials } from './credentials.ts'
import type { Request } from './send.ts'

type HashConstructor = NonNullable<SignatureV4Init['sha256']>

export interface Signing {
  readonly credentials: Credentials
  readonly region: string
  readonly service: string
  /** Epoch milliseconds. */
  readonly time: number
}

/** The request with the headers of its signature (SigV4). */
export async function signed(request: Request, { credentials, region, service, time }: Signing): Promise<Request> {
  const { method, url, headers, body = '' } = request
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 as unknown as HashConstructor })
  const draft = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    body,
  }
  const { headers: withSignature } = await signer.sign(draft, { signingDate: new Date(time) })
  return { ...request, headers: { ...withSignature, 'content-length': String(Buffer.byteLength(body)) } }
}

/** What the signer constructs to hash: SHA-256, or with a key an HMAC. A function, which `new` calls as it would a class. */
function Sha256(key?: string | ArrayBuffer | ArrayBufferView) {
  const bytes = (data: string | ArrayBuffer | ArrayBufferView) =>
    typeof data === 'string'
      ? Buffer.from(data)
      : ArrayBuffer.isView(data)
        ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
        : Buffer.from(data)
  const hash = key === undefined ? createHash('sha256') : createHmac('sha256', bytes(key))
  return {
    update: (data: string | ArrayBuffer | ArrayBufferView) => void hash.update(bytes(data)),
    digest: async () => new Uint8Array(hash.digest()),
    reset: () => {},
  }
}

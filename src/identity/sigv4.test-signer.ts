/** The official signer, and what HTTP makes of the request that it signed. */

import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import type { ReceivedRequest } from './canonical-request.ts'

export interface Draft {
  readonly method: string
  /** As a client puts it on the wire: percent-encoded, but for characters beyond ASCII, which go as UTF-8. */
  readonly path: string
  readonly query: Readonly<Record<string, string | string[]>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Signing {
  readonly form: 'header' | 'presigned'
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
  readonly region: string
  readonly service: string
  readonly date: Date
  /** Whether the header form carries x-amz-content-sha256. */
  readonly contentHash: boolean
  readonly expiresSeconds: number
  /** Lower-case headers that the presigned form does not move into the query. */
  readonly keepInHeader?: readonly string[] | undefined
}

/** Headers and parameters stay apart, so that a test can change one. Everything is still Unicode here. */
export interface SignedDraft {
  readonly method: string
  readonly path: string
  readonly parameters: readonly (readonly [string, string])[]
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
}

export async function sign(draft: Draft, signing: Signing): Promise<SignedDraft> {
  const { form, accessKeyId, secretAccessKey, sessionToken, region, service, date, contentHash } = signing
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    region,
    service,
    sha256: Sha256,
    applyChecksum: contentHash,
  })
  const request = {
    method: draft.method,
    protocol: 'http:',
    hostname: 'localhost',
    path: draft.path,
    query: { ...draft.query },
    headers: { ...draft.headers },
    body: draft.body,
  }
  const signed =
    form === 'header'
      ? await signer.sign(request, { signingDate: date })
      : await signer.presign(request, {
          signingDate: date,
          expiresIn: signing.expiresSeconds,
          unhoistableHeaders: new Set(signing.keepInHeader),
        })
  return {
    method: draft.method,
    path: draft.path,
    parameters: Object.entries(signed.query ?? {}).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, one] as const),
    ),
    headers: Object.entries(signed.headers),
    body: draft.body,
  }
}

/** As node:http hands it to the server: texts are bytes, one latin1 character each. */
export function onTheWire({ method, path, parameters, headers, body }: SignedDraft): ReceivedRequest {
  const query = parameters.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')
  return {
    method,
    url: bytes(query === '' ? path : `${path}?${query}`),
    rawHeaders: headers.flatMap(([name, value]) => [name, bytes(value)]),
    body,
  }
}

export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
}

function bytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

class Sha256 {
  readonly #hash: { update(data: Uint8Array): unknown; digest(): Buffer }

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', octets(secret))
  }

  update(data: Uint8Array): void {
    this.#hash.update(data)
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {}
}

function octets(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
}

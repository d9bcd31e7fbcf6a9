import { type Signing, signedHeaders } from '../../client/signed.ts'
import type { Request } from './send.ts'

/** The request with the headers of its signature (SigV4). */
export async function signed(request: Request, signing: Signing): Promise<Request> {
  const { body = '' } = request
  const headers = await signedHeaders({ ...request, body }, signing)
  return { ...request, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } }
}

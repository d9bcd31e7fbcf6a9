/**
 * The one spelling of a request that client and server both sign, made from the bytes that arrived.
 * Every text here is latin1, one character per byte, as node:http delivers it: what a client spelt in UTF-8 is then
 * hashed as the very bytes it sent.
 *
 * @source AWS IAM User Guide, "Create a signed AWS API request", steps 1 and 2, for services other than S3
 */

export interface ReceivedRequest {
  readonly method: string
  /** The request target as it arrived, path and query, nothing decoded. */
  readonly url: string
  /** Name, value, name, value, …, as `IncomingMessage.rawHeaders`. */
  readonly rawHeaders: readonly string[]
  readonly body: Uint8Array
}

/** Name and value, both percent-encoded in the canonical way. */
export type QueryParameter = readonly [name: string, value: string]

/**
 * Lower-case names to values with outer spaces removed and inner runs collapsed; the values of a repeated header are
 * joined with commas in the order of their arrival.
 */
export function canonicalHeaders(rawHeaders: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase()
    const given = rawHeaders[i + 1] ?? ''
    const value = spaced.test(given) ? given.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '') : given
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before},${value}`)
  }
  return headers
}

/** What spaces have to be removed from. */
const spaced = /\t| {2}|^ | $/

/** Splits a request target at its first question mark. */
export function splitTarget(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

/** In the order of arrival; a name without an equal-sign has the empty value. */
export function queryParameters(query: string): readonly QueryParameter[] {
  const parameters: QueryParameter[] = []
  for (const part of query.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    const value = equals < 0 ? '' : part.slice(equals + 1)
    parameters.push([encode(decodeParameter(name)), encode(decodeParameter(value))])
  }
  return parameters
}

/** Undoes percent-encoding byte by byte; a percent sign that encodes nothing stands for itself. */
export function decodePercent(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/**
 * `signedHeaders`: lower-case names, sorted, each once and each in `headers`. `payloadHash`: lower-case hexadecimal.
 */
export function canonicalRequest(
  method: string,
  path: string,
  parameters: readonly QueryParameter[],
  headers: ReadonlyMap<string, string>,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  let headerLines = ''
  for (const name of signedHeaders) headerLines += `${name}:${headers.get(name) ?? ''}\n`
  return `${method}\n${canonicalPath(path)}\n${canonicalQuery(parameters)}\n${headerLines}\n${signedHeaders.join(';')}\n${payloadHash}`
}

/**
 * Without empty, `.` and `..` segments, then encoded once more as it stands: what arrived as `%20` is signed as `%2520`.
 * Only S3 does neither.
 */
function canonicalPath(path: string): string {
  if (path === '/') return path
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(encode(segment))
  }
  const first = path.startsWith('/') ? '/' : ''
  const last = segments.length > 0 && path.endsWith('/') ? '/' : ''
  return `${first}${segments.join('/')}${last}`
}

/** Sorted by name, then by value: sorting the joined pairs would put `a-b=` before `a=`. */
function canonicalQuery(parameters: readonly QueryParameter[]): string {
  if (parameters.length === 0) return ''
  return parameters
    .toSorted((a, b) => compareBytes(a[0], b[0]) || compareBytes(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** A plus sign is a space, as servers read forms; a client that means a plus has to send `%2B`. */
function decodeParameter(text: string): string {
  return decodePercent(text.replaceAll('+', ' '))
}

/** RFC 3986: everything but the unreserved characters, with upper-case digits. */
function encode(text: string): string {
  return text.replace(
    /[^A-Za-z0-9._~-]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function compareBytes(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

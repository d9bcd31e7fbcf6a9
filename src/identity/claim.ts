/**
 * What a request says of its own signature, read from the Authorization header or from the query of a presigned URL.
 * Nothing here is believed yet: this file only refuses what cannot be read. The texts are AWS's where they are known.
 */

import { AuthenticationError } from './authentication-error.ts'
import { decodePercent, type QueryParameter } from './canonical-request.ts'

export interface Claim {
  readonly accessKeyId: string
  readonly scope: Scope
  /** Real time at which it says it was signed, in seconds since 1970, and as it stands in the string to sign. */
  readonly signedAtSeconds: number
  readonly signedAt: string
  /** For how long after that it may be used. */
  readonly validSeconds: number
  /** Lower-case, sorted, each once. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  readonly sessionToken: string | undefined
}

export interface Scope {
  /** YYYYMMDD. */
  readonly date: string
  readonly region: string
  readonly service: string
  readonly terminator: string
}

/** How far a client's clock may be off, in seconds, and how long a signature in a header may be used. */
export const CLOCK_SKEW_SECONDS = 300
const LONGEST_PRESIGNED_SECONDS = 604_800
const ALGORITHM = 'AWS4-HMAC-SHA256'

/** The query parameter that a presigned URL adds last: it cannot sign itself. */
export const SIGNATURE_PARAMETER = 'X-Amz-Signature'
const PRESIGNED_REQUIRED = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  SIGNATURE_PARAMETER,
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
] as const
/** Any of these shows that the query is meant to authenticate. */
const PRESIGNED_MARKS = ['X-Amz-Algorithm', 'X-Amz-Credential', SIGNATURE_PARAMETER] as const
const PRESIGNED_FIELDS: ReadonlySet<string> = new Set([...PRESIGNED_REQUIRED, 'X-Amz-Expires', 'X-Amz-Security-Token'])
const HEADER_REQUIRED = ['Credential', 'Signature', 'SignedHeaders'] as const

/** As texts, before anything is read out of them. */
interface Fields {
  readonly algorithm: string
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  readonly date: string
  /** Not sent: as long as a signature in a header. Go's presigner leaves it out unless asked. */
  readonly expires: string | undefined
  readonly sessionToken: string | undefined
}

/**
 * `headers` as `canonicalHeaders` makes them.
 * @throws AuthenticationError MissingAuthenticationTokenException, IncompleteSignatureException, or
 * InvalidSignatureException for a request that is signed in both forms
 */
export function readClaim(headers: ReadonlyMap<string, string>, parameters: readonly QueryParameter[]): Claim {
  const authorization = headers.get('authorization') ?? ''
  const presigned = presignedFields(parameters)
  const isPresigned = PRESIGNED_MARKS.some((name) => presigned.has(name))
  if (authorization === '' && !isPresigned)
    throw new AuthenticationError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  if (authorization !== '' && isPresigned)
    throw new AuthenticationError(
      'InvalidSignatureException',
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    )
  return claimOf(isPresigned ? readPresigned(presigned) : readAuthorization(authorization, headers))
}

function presignedFields(parameters: readonly QueryParameter[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of parameters) {
    if (!PRESIGNED_FIELDS.has(name)) continue
    if (fields.has(name)) throw incomplete(`AWS query-string parameters must include '${name}' only once.`)
    fields.set(name, decodePercent(value))
  }
  return fields
}

function readPresigned(fields: ReadonlyMap<string, string>): Fields {
  const missing = PRESIGNED_REQUIRED.filter((name) => !fields.get(name))
  if (missing.length > 0)
    throw incomplete(
      [
        ...missing.map((name) => `AWS query-string parameters must include '${name}'.`),
        'Re-examine the query-string parameters.',
      ].join(' '),
    )
  const field = (name: (typeof PRESIGNED_REQUIRED)[number]) => fields.get(name) ?? ''
  return {
    algorithm: field('X-Amz-Algorithm'),
    credential: field('X-Amz-Credential'),
    signedHeaders: field('X-Amz-SignedHeaders'),
    signature: field(SIGNATURE_PARAMETER),
    date: field('X-Amz-Date'),
    expires: fields.get('X-Amz-Expires'),
    sessionToken: fields.get('X-Amz-Security-Token'),
  }
}

/** `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, separated by commas, spaces or both. */
function readAuthorization(authorization: string, headers: ReadonlyMap<string, string>): Fields {
  const [algorithm = '', ...parts] = authorization.split(/[, ]+/)
  if (algorithm.includes('='))
    throw incomplete('Authorization header must begin with the algorithm name, which cannot include an equal-sign.')
  const fields = new Map<string, string>()
  for (const part of parts) {
    if (part === '') continue
    const equals = part.indexOf('=')
    // The part is not repeated in the message: it may be the password or bearer token of some other server.
    if (equals < 0) throw incomplete('Invalid key=value pair (missing equal-sign) in Authorization header.')
    const name = part.slice(0, equals)
    if (fields.has(name)) throw incomplete(`Authorization header requires '${name}' parameter only once.`)
    fields.set(name, part.slice(equals + 1))
  }
  const date = headers.get('x-amz-date') ?? headers.get('date') ?? ''
  const missing = HEADER_REQUIRED.filter((name) => !fields.get(name)).map(
    (name) => `Authorization header requires '${name}' parameter.`,
  )
  if (date === '') missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  if (missing.length > 0) throw incomplete(missing.join(' '))
  const field = (name: (typeof HEADER_REQUIRED)[number]) => fields.get(name) ?? ''
  return {
    algorithm,
    credential: field('Credential'),
    signedHeaders: field('SignedHeaders'),
    signature: field('Signature'),
    date,
    expires: undefined,
    sessionToken: headers.get('x-amz-security-token'),
  }
}

function claimOf(fields: Fields): Claim {
  const { seconds: signedAtSeconds, text: signedAt } = dateOf(fields.date)
  if (fields.algorithm !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm': '${fields.algorithm}'.`)
  return {
    ...signerOf(fields.credential, fields.signedHeaders),
    signedAtSeconds,
    signedAt,
    validSeconds: fields.expires === undefined ? CLOCK_SKEW_SECONDS : readExpires(fields.expires),
    signature: fields.signature,
    sessionToken: fields.sessionToken === '' ? undefined : fields.sessionToken,
  }
}

/** `YYYYMMDDTHHMMSSZ`, as it stands in X-Amz-Date and in the string to sign. */
export function amzDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '')
}

type Signer = Pick<Claim, 'accessKeyId' | 'scope' | 'signedHeaders'>

/** A client says the same of itself all day. What strangers say is forgotten with all the rest. */
const signers = new Map<string, Signer>()
const REMEMBERED_SIGNERS = 1000
const LONGEST_REMEMBERED = 512

function signerOf(credential: string, signedHeaders: string): Signer {
  const text = `${credential} ${signedHeaders}`
  const known = signers.get(text)
  if (known !== undefined) return known
  const signer = readSigner(credential, signedHeaders)
  if (signers.size >= REMEMBERED_SIGNERS) signers.clear()
  if (text.length <= LONGEST_REMEMBERED) signers.set(text, signer)
  return signer
}

function readSigner(credential: string, signedHeaders: string): Signer {
  const [accessKeyId = '', date = '', region = '', service = '', terminator = '', ...more] = credential.split('/')
  if (terminator === '' || more.length > 0)
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'.`,
    )
  return {
    accessKeyId,
    scope: { date, region, service, terminator },
    // Each name once: a long header named a thousand times would make the canonical request a thousand times as long.
    signedHeaders: [...new Set(signedHeaders.toLowerCase().split(';'))].toSorted(),
  }
}

interface SigningDate {
  readonly seconds: number
  /** As `amzDate` writes it. */
  readonly text: string
}

/** The requests of one second all bear one date. */
let latestDate: { readonly given: string; readonly date: SigningDate } | undefined

function dateOf(given: string): SigningDate {
  if (latestDate?.given !== given) {
    const seconds = readDate(given)
    latestDate = { given, date: { seconds, text: amzDate(seconds) } }
  }
  return latestDate.date
}

/** AWS's own form, or the one that a plain Date header has by RFC 9110. Seconds since 1970. */
function readDate(text: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  if (year !== undefined) {
    const seconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000
    // Written back, so that no 30 February and no hour 24 passes for another day.
    if (!Number.isNaN(seconds) && amzDate(seconds) === text) return seconds
  } else if (/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) {
    const seconds = Date.parse(text) / 1000
    if (!Number.isNaN(seconds)) return seconds
  }
  throw incomplete(`Date must be in ISO-8601 'basic format'. Got '${text}'.`)
}

function readExpires(text: string): number {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > LONGEST_PRESIGNED_SECONDS)
    throw incomplete(
      `X-Amz-Expires must be a whole number of seconds from 1 to ${LONGEST_PRESIGNED_SECONDS}. Got '${text}'.`,
    )
  return seconds
}

function incomplete(message: string): AuthenticationError {
  return new AuthenticationError('IncompleteSignatureException', message)
}

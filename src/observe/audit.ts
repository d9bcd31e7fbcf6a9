import type { JsonObject, JsonValue } from '../contract/encode.ts'
import type { Fault } from '../product/fault.ts'

/** Who asked, as far as the door that the request came through can tell. */
export interface Requester {
  /** Twelve digits; empty: the operator; `anonymous`: somebody who did not have to say. */
  readonly accountId: string
  readonly principalArn: string
  readonly accessKeyId: string
  readonly region: string
  readonly sourceIPAddress: string
  readonly userAgent: string
  readonly requestId: string
}

/** In place of an account: whoever asks where no credentials are asked for. */
export const anonymous = 'anonymous'

export interface AuditedEvent {
  readonly eventId: string
  readonly eventName: string
  /** Such as `directconnect.amazonaws.com`; of what only operators can ask for it is another. */
  readonly eventSource: string
  /** Epoch milliseconds of product time. */
  readonly at: number
  readonly readOnly: boolean
  /** Both redacted already. */
  readonly requestParameters: JsonObject | null
  readonly responseElements: JsonObject | null
  readonly fault: Fault | undefined
}

/** Characters of a text that its sender chose. @source CloudTrail's record contents: a user agent and an error message have 1 KB */
const longestText = 1_000
/**
 * Characters of parameters or of an answer. Of what is refused fewer: it changed nothing, and whoever is refused all day must
 * not fill the disk.
 * @source CloudTrail's record contents: 100 KB
 */
const longestParameters = { done: 100_000, refused: 4_000 } as const

/**
 * One request as a record in CloudTrail's shape. What is too long is cut, or left out with `omitted` in its place.
 * @source behaviour catalogue G.4
 */
export function auditRecord(requester: Requester, event: AuditedEvent): Readonly<Record<string, unknown>> {
  const operator = requester.accountId === ''
  const most = longestParameters[event.fault === undefined ? 'done' : 'refused']
  return {
    eventVersion: '1.09',
    userIdentity: identityOf(requester),
    eventTime: new Date(event.at).toISOString(),
    eventSource: operator ? 'operator.crossconnect' : event.eventSource,
    eventName: event.eventName,
    awsRegion: requester.region,
    sourceIPAddress: requester.sourceIPAddress,
    userAgent: cut(requester.userAgent),
    ...(event.fault === undefined ? {} : { errorCode: event.fault.code, errorMessage: cut(event.fault.message) }),
    requestParameters: within(most, event.requestParameters),
    responseElements: event.readOnly ? null : within(most, event.responseElements),
    requestID: requester.requestId,
    eventID: event.eventId,
    readOnly: event.readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: requester.accountId === anonymous ? '' : requester.accountId,
  }
}

/** @source CloudTrail's userIdentity element: Unknown is who cannot be told */
function identityOf({ accountId, principalArn, accessKeyId }: Requester): Readonly<Record<string, string>> {
  if (accountId === '') return { type: 'Operator' }
  if (accountId === anonymous) return { type: 'Unknown' }
  return { type: 'IAMUser', arn: principalArn, accountId, accessKeyId }
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText).toWellFormed()}…`
}

function within(most: number, json: JsonObject | null): JsonObject | null {
  return json === null || roomAfter(json, most) >= 0 ? json : { omitted: true }
}

/** What is left of a number of characters after a value, about; no longer looked at once it is less than none. */
function roomAfter(value: JsonValue, most: number): number {
  if (typeof value === 'string') return most - value.length
  if (typeof value !== 'object') return most - String(value).length
  let room = most
  for (const [name, member] of Object.entries<JsonValue>(value)) {
    room = roomAfter(member, room - name.length)
    if (room < 0) break
  }
  return room
}

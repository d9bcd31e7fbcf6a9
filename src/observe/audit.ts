import type { JsonObject } from '../contract/encode.ts'
import type { Fault } from '../product/fault.ts'

/** Who asked, as far as the door that the request came through can tell. */
export interface Requester {
  /** Twelve digits; empty: the operator. */
  readonly accountId: string
  readonly principalArn: string
  readonly accessKeyId: string
  readonly region: string
  readonly sourceIPAddress: string
  readonly userAgent: string
  readonly requestId: string
}

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

/**
 * One request as a record in CloudTrail's shape.
 * @source behaviour catalogue G.4
 */
export function auditRecord(requester: Requester, event: AuditedEvent): Readonly<Record<string, unknown>> {
  const operator = requester.accountId === ''
  return {
    eventVersion: '1.09',
    userIdentity: operator
      ? { type: 'Operator' }
      : {
          type: 'IAMUser',
          arn: requester.principalArn,
          accountId: requester.accountId,
          accessKeyId: requester.accessKeyId,
        },
    eventTime: new Date(event.at).toISOString(),
    eventSource: operator ? 'operator.crossconnect' : event.eventSource,
    eventName: event.eventName,
    awsRegion: requester.region,
    sourceIPAddress: requester.sourceIPAddress,
    userAgent: requester.userAgent,
    ...(event.fault === undefined ? {} : { errorCode: event.fault.code, errorMessage: event.fault.message }),
    requestParameters: event.requestParameters,
    responseElements: event.readOnly ? null : event.responseElements,
    requestID: requester.requestId,
    eventID: event.eventId,
    readOnly: event.readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: requester.accountId,
  }
}

import type { EnumValue } from '../../contract/types.ts'
import { earlier, type Instant, reached } from '../lifecycle.ts'
import { type ShownKey, showKeys } from '../macsec/show.ts'
import { day } from '../settings.ts'
import { showInstant, showTime } from '../time.ts'
import type { View } from '../view.ts'
import { type Connection, endOf } from './connection.ts'
import { stateOf } from './show.ts'

/** A connection as the operator sees it: whose it is, where it ends, and every fact. */
export interface ConnectionFacts {
  readonly connectionId: string
  readonly role: Connection['role']
  readonly state: EnumValue<'ConnectionState'>
  readonly ownerAccount: string
  readonly name: string
  readonly region: string
  readonly location: string
  readonly bandwidth: string
  readonly providerName: string | null
  readonly deviceId: string | null
  readonly portId: string | null
  readonly lagId: string | null
  readonly parentId: string | null
  readonly partnerAccount: string | null
  readonly vlan: number | null
  readonly requestMacSec: boolean
  readonly encryptionMode: Connection['encryptionMode']
  readonly macSecKeys: readonly ShownKey[]
  readonly billingMode: Connection['billingMode']
  readonly createdAt: string
  readonly questions: readonly {
    readonly askedAt: string
    readonly question: string
    readonly answeredAt: string | null
    readonly answer: string | null
  }[]
  readonly approvedAt: string | null
  readonly loaIssuedAt: string | null
  readonly cables: readonly { readonly from: string; readonly until: string | null }[]
  readonly acceptedAt: string | null
  readonly provisionedAt: string | null
  readonly rejectedAt: string | null
  readonly deleteAskedAt: string | null
  readonly deletedAt: string | null
  readonly link: {
    readonly up: boolean
    readonly firstUpAt: string | null
    readonly since: string | null
    readonly lastError: string | null
    readonly macSecUp: boolean
  }
  readonly billingStartsAt: string | null
}

export function showConnectionToOperator(connection: Connection, view: View): ConnectionFacts {
  const link = view.observed.link(connection.id)
  return {
    connectionId: connection.id,
    role: connection.role,
    state: stateOf(connection, view),
    ownerAccount: connection.ownerAccount,
    name: connection.name,
    region: connection.region,
    location: connection.location,
    bandwidth: connection.bandwidth,
    providerName: connection.providerName,
    deviceId: connection.deviceId,
    portId: connection.portId,
    lagId: connection.lagId,
    parentId: connection.parentId,
    partnerAccount: connection.partnerAccount,
    vlan: connection.vlan,
    requestMacSec: connection.requestMacSec,
    encryptionMode: connection.encryptionMode,
    macSecKeys: showKeys(connection.macSecKeys, view.now),
    billingMode: connection.billingMode,
    createdAt: showTime(connection.createdAt),
    questions: connection.questions.map(({ askedAt, question, answeredAt, answer }) => ({
      askedAt: showTime(askedAt),
      question,
      answeredAt: showInstant(answeredAt),
      answer,
    })),
    approvedAt: showInstant(connection.approvedAt),
    loaIssuedAt: showInstant(connection.loaIssuedAt),
    cables: connection.cables.map(({ from, until }) => ({ from: showTime(from), until: showInstant(until) })),
    acceptedAt: showInstant(connection.acceptedAt),
    provisionedAt: showInstant(connection.provisionedAt),
    rejectedAt: showInstant(connection.rejectedAt),
    deleteAskedAt: showInstant(connection.deleteAskedAt),
    deletedAt: showInstant(connection.deletedAt),
    link: {
      up: link.up,
      firstUpAt: showInstant(link.firstUpAt),
      since: showInstant(link.since),
      lastError: link.lastError,
      macSecUp: link.macSecUp,
    },
    billingStartsAt: showInstant(billingStart(connection, link.firstUpAt)),
  }
}

const unusedPortIsFreeFor = 90 * day

/**
 * From when a port costs money: from its first light, at the latest 90 days after the order; a hosted connection from
 * its acceptance. What ends before never costs any. It may lie in the future.
 * @source behaviour catalogue B.1, B.2
 */
function billingStart(connection: Connection, firstUpAt: Instant): Instant {
  const start =
    connection.role === 'hosted'
      ? connection.acceptedAt
      : earlier(connection.createdAt + unusedPortIsFreeFor, firstUpAt)
  const end = earlier(endOf(connection), connection.deleteAskedAt)
  return start === null || (end !== null && reached(end, start)) ? null : start
}

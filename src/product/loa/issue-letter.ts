import { accountOf } from '../accounts/account.ts'
import type { Connection } from '../connections/connection.ts'
import { refuse } from '../fault.ts'
import type { Lag } from '../lags/lag.ts'
import { reached } from '../lifecycle.ts'
import { checkedName } from '../names.ts'
import { type Change, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { letterValidity, unusedLetterDeadline } from './deadline.ts'
import type { Letter, LetterPort } from './letter.ts'

/** @source behaviour catalogue F.1 */
const mediaOf: Readonly<Record<string, string>> = {
  '1Gbps': '1000BASE-LX',
  '10Gbps': '10GBASE-LR',
  '100Gbps': '100GBASE-LR4',
  '400Gbps': '400GBASE-LR4',
}

export interface Issued {
  readonly letter: Letter
  readonly changes: readonly Change[]
}

/**
 * Downloading the letter issues it anew, for every port that it covers: it is valid for 90 days from then on.
 * @param subject what the letter was asked for: the port itself, or the LAG that it is in
 * @source behaviour catalogue F.1, B.1
 */
export async function issueLetter(
  snapshot: Snapshot,
  subject: Connection | Lag,
  ports: readonly Connection[],
  providerName: string | undefined,
): Promise<Issued> {
  const { now, caller } = snapshot
  const approved = ports.filter((port) => reached(port.approvedAt, now))
  if (approved.length === 0)
    throw refuse(
      `The LOA-CFA for ${subject.id} is not available yet: it is issued when the order is approved, within 72 hours`,
    )
  // Whoever named a provider when ordering need not name it again.
  const provider = providerName === undefined ? subject.providerName : checkedName(providerName, 'providerName')
  const issued = approved.map((port) => ({
    ...port,
    loaIssuedAt: now,
    loaProviderName: provider,
    deletedAt: port.cables.length === 0 ? unusedLetterDeadline(now) : port.deletedAt,
  }))
  const site = await snapshot.get('location', subject.siteCode.toLowerCase())
  const account = await accountOf(snapshot, caller.accountId)
  return {
    changes: issued.map((port) => save('connection', port)),
    letter: {
      accountId: account.id,
      accountName: account.name,
      providerName: provider,
      locationCode: subject.location,
      locationName: site?.name ?? subject.siteCode,
      subjectId: subject.id,
      ports: issued.map(letterPort),
      issuedAt: now,
      expiresAt: now + letterValidity,
    },
  }
}

function letterPort(port: Connection): LetterPort {
  return {
    connectionId: port.id,
    connectionName: port.name,
    bandwidth: port.bandwidth,
    deviceId: port.deviceId ?? '',
    portId: port.portId ?? '',
    media: mediaOf[port.bandwidth] ?? '',
  }
}

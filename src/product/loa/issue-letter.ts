import { accountOf } from '../accounts/account.ts'
import type { Connection } from '../connections/connection.ts'
import { refuse } from '../fault.ts'
import type { Device } from '../inventory/device.ts'
import { panelPosition } from '../inventory/panel.ts'
import type { Lag } from '../lags/lag.ts'
import { reached } from '../lifecycle.ts'
import { checkedName } from '../names.ts'
import { type Change, create, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { base32, codeBytes } from './code.ts'
import { letterValidity, unusedLetterDeadline } from './deadline.ts'
import { type Issuer, latestIssuer } from './issuer/issuer.ts'
import { type Letter, type LetterPort, type Place, supersededFor } from './letter.ts'

export interface Issued {
  readonly letter: Letter
  readonly issuer: Issuer
  readonly changes: readonly Change[]
}

/**
 * Downloading the letter issues it anew, for every port that it covers: it is valid for 90 days from then on, and takes
 * the place of whatever letter the ports had.
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
  const issuer = await latestIssuer(snapshot)
  const account = await accountOf(snapshot, caller.accountId)
  const letter: Letter = {
    id: numberOf(snapshot),
    createdAt: now,
    code: base32(snapshot.random(codeBytes)),
    publicUrl: snapshot.settings.publicUrl,
    issuerId: issuer.id,
    accountId: account.id,
    accountName: account.name,
    providerName: provider,
    subjectId: subject.id,
    subjectName: subject.name,
    place: await placeOf(snapshot, subject),
    ports: await portsOf(snapshot, issued),
    expiresAt: now + letterValidity,
  }
  const older = await supersededBy(snapshot, letter)
  return {
    changes: [...issued.map((port) => save('connection', port)), ...older, create('letter', letter)],
    letter,
    issuer,
  }
}

/** The day and 30 bits of chance; it tells letters apart and proves nothing. */
function numberOf({ now, random }: Snapshot): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '')
  return `LOA-${day}-${base32(random(4))}`
}

async function placeOf(snapshot: Snapshot, { location, siteCode }: Connection | Lag): Promise<Place> {
  const site = await snapshot.get('location', siteCode.toLowerCase())
  // An order may name a meet-me room of the site: EqDC2-MMR.
  const suffix = location.slice(siteCode.length + 1)
  return {
    code: location,
    name: site?.name ?? siteCode,
    country: site?.country ?? 'ZZ',
    address: site?.address ?? [],
    meetMeRoom: site?.meetMeRoom ?? (suffix === '' ? null : suffix),
  }
}

async function portsOf(snapshot: Snapshot, ports: readonly Connection[]): Promise<readonly LetterPort[]> {
  const ids = [...new Set(ports.map((port) => port.deviceId ?? ''))]
  const devices = new Map((await snapshot.getAll('device', ids)).map((device): [string, Device] => [device.id, device]))
  return ports.map(({ id, name, bandwidth, deviceId, portId }) => {
    const device = devices.get(deviceId ?? '')
    return {
      connectionId: id,
      connectionName: name,
      bandwidth,
      deviceId: deviceId ?? '',
      portId: portId ?? '',
      rack: device?.rack ?? null,
      panel: (device === undefined ? undefined : panelPosition(device, portId ?? '')) ?? null,
      supersededAt: null,
    }
  })
}

/** At most one letter is the newest of a port, so these are as few as the ports. */
async function supersededBy(snapshot: Snapshot, { ports }: Letter): Promise<readonly Change[]> {
  const covered = new Set(ports.map((port) => port.connectionId))
  const older = await snapshot.list('letter', 'newest', [...covered])
  return older.map((letter) => save('letter', supersededFor(letter, covered, snapshot.now)))
}

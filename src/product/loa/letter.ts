import type { PanelPosition } from '../inventory/panel.ts'
import { kind, type Stored } from '../kind.ts'
import { type Instant, reached } from '../lifecycle.ts'

/**
 * A letter of authorisation and connecting facility assignment (LOA-CFA): one download, for one port or for the ports of
 * a LAG. It holds what it says, as it was on the day of its issue: whatever is renamed or moved later, the same letter
 * gives the same bytes. Its id is its number, such as `LOA-20261121-7Q2MX9`.
 */
export interface Letter extends Stored {
  /** What proves at `/loa/{code}` that it is genuine; in capitals, without hyphens. */
  readonly code: string
  /** Under which address the server was known then, such as `https://dx.example.net`. */
  readonly publicUrl: string
  /** The version of the issuer's facts that was the latest then; null: nobody had said who issues letters. */
  readonly issuerId: string | null
  readonly accountId: string
  readonly accountName: string
  /** The provider who works for the account, printed beside it as the requester. */
  readonly providerName: string | null
  /** The connection, interconnect or LAG that the letter was asked for, and its name. */
  readonly subjectId: string
  readonly subjectName: string
  readonly place: Place
  /** One page each. */
  readonly ports: readonly LetterPort[]
  readonly expiresAt: number
}

/** Where the cross connect ends. */
export interface Place {
  /** The location code as the order spelt it. */
  readonly code: string
  readonly name: string
  /** ISO 3166, two letters; the paper is of its size. */
  readonly country: string
  readonly address: readonly string[]
  readonly meetMeRoom: string | null
}

export interface LetterPort {
  readonly connectionId: string
  readonly connectionName: string
  /** Such as `10Gbps`. */
  readonly bandwidth: string
  readonly deviceId: string
  readonly portId: string
  readonly rack: string | null
  readonly panel: PanelPosition | null
  /** When a newer letter for this port was downloaded. */
  readonly supersededAt: Instant
}

export const letterKind = kind<Letter>()({
  sets: (letter) => ({
    code: letter.code,
    about: [...new Set([letter.subjectId, ...letter.ports.map((port) => port.connectionId)])],
    // The ports for which it is the newest letter, so that the next one finds it however many came before.
    newest: letter.ports.filter((port) => port.supersededAt === null).map((port) => port.connectionId),
    all: '*',
  }),
  claims: () => [],
  hiddenFrom: () => null,
})

/** The letter when a newer one has come for some ports: of each it notes when, the first time. */
export function supersededFor(letter: Letter, connectionIds: ReadonlySet<string>, now: number): Letter {
  const ports = letter.ports.map((port) =>
    connectionIds.has(port.connectionId) && !reached(port.supersededAt, now) ? { ...port, supersededAt: now } : port,
  )
  return { ...letter, ports }
}

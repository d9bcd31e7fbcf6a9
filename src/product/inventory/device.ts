import { kind, type Stored } from '../kind.ts'

/** An edge router in a location. Its id is the name that `awsDeviceV2` shows. */
export interface Device extends Stored {
  /** The location's id. */
  readonly locationId: string
  /** How many ports it has of each speed, such as `{ '10Gbps': 48 }`. */
  readonly ports: Readonly<Record<string, number>>
  /** The speeds at which its ports do MACsec. */
  readonly macSecSpeeds: readonly string[]
  /** Where it stands, such as `R07`; absent: nobody has said it. */
  readonly rack?: string
  /** The panel that its ports are wired to; absent: `PP`. */
  readonly patchPanel?: string
}

export const deviceKind = kind<Device>()({
  sets: (device) => ({ location: device.locationId, all: '*' }),
  claims: () => [],
  hiddenFrom: () => null,
})

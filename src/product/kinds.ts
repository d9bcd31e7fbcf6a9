import { accessKeyKind } from './accounts/access-key.ts'
import { accountKind } from './accounts/account.ts'
import { connectionKind } from './connections/connection.ts'
import { faultKind } from './faults/injected-fault.ts'
import { gatewayKind } from './gateways/gateway.ts'
import { installationKind } from './installation.ts'
import { deviceKind } from './inventory/device.ts'
import { locationKind } from './inventory/location.ts'
import { lagKind } from './lags/lag.ts'
import { virtualInterfaceKind } from './virtual-interfaces/virtual-interface.ts'

/** Every kind of record that is stored. A new noun is a line here; the stores learn of it from this list. */
export const kinds = {
  'access-key': accessKeyKind,
  account: accountKind,
  connection: connectionKind,
  device: deviceKind,
  fault: faultKind,
  gateway: gatewayKind,
  installation: installationKind,
  lag: lagKind,
  location: locationKind,
  'virtual-interface': virtualInterfaceKind,
} as const

type Kinds = typeof kinds

export type KindName = keyof Kinds

/** The record of a kind, with all its facts. */
export type RecordOf<K extends KindName> = Parameters<Kinds[K]['sets']>[0]

/** The names of the sets in which records of a kind are found. */
export type SetName<K extends KindName> = keyof ReturnType<Kinds[K]['sets']> & string

import type { ErrorName } from './errors.ts'
import { accounts } from './operations/accounts.ts'
import { bgp } from './operations/bgp.ts'
import { connections } from './operations/connections.ts'
import { gateways } from './operations/gateways.ts'
import { hosted } from './operations/hosted.ts'
import { interconnects } from './operations/interconnects.ts'
import { inventory } from './operations/inventory.ts'
import { lags } from './operations/lags.ts'
import { loa } from './operations/loa.ts'
import { macsec } from './operations/macsec.ts'
import { resiliency } from './operations/resiliency.ts'
import { routerConfigs } from './operations/router-configs.ts'
import { routing } from './operations/routing.ts'
import { tags } from './operations/tags.ts'
import { virtualInterfaces } from './operations/virtual-interfaces.ts'
import type { StructureName } from './structures.ts'
import type { OperationName } from './types.ts'

/** What the contract says about one operation. */
export type OperationContract = {
  /** The structure of the request's body; null: the body is `{}`. */
  readonly input: StructureName | null
  /** The structure of the answer's body; it may have no members. */
  readonly output: StructureName
  /** What it may answer beyond the client and the server exception; `errorsOf` adds those two. */
  readonly errors: readonly ErrorName[]
  /** Whether it changes what is stored. The describes of letters do: they renew the issue date. */
  readonly writes: boolean
  readonly deprecated?: true
  /** Takes `maxResults` and `nextToken`, answers `nextToken`. */
  readonly paginated?: true
}

/** Every operation of API version 2012-10-25, by the part of `X-Amz-Target` after the dot. */
export const operations = {
  ...connections,
  ...hosted,
  ...interconnects,
  ...lags,
  ...loa,
  ...virtualInterfaces,
  ...bgp,
  ...gateways,
  ...macsec,
  ...resiliency,
  ...tags,
  ...accounts,
  ...inventory,
  ...routerConfigs,
  ...routing,
} as const satisfies Record<string, OperationContract>

export const isOperationName = (name: string): name is OperationName => Object.hasOwn(operations, name)

/** Every error that an operation declares. */
export const errorsOf = (name: OperationName): readonly ErrorName[] => [
  ...operations[name].errors,
  'DirectConnectServerException',
  'DirectConnectClientException',
]

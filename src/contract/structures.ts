import { accounts } from './shapes/accounts.ts'
import { bgp } from './shapes/bgp.ts'
import { connections } from './shapes/connections.ts'
import { gateways } from './shapes/gateways.ts'
import { hosted } from './shapes/hosted.ts'
import { interconnects } from './shapes/interconnects.ts'
import { inventory } from './shapes/inventory.ts'
import { lags } from './shapes/lags.ts'
import { loa } from './shapes/loa.ts'
import { macsec } from './shapes/macsec.ts'
import { resiliency } from './shapes/resiliency.ts'
import { routerConfigs } from './shapes/router-configs.ts'
import { routing } from './shapes/routing.ts'
import { tags } from './shapes/tags.ts'
import { virtualInterfaces } from './shapes/virtual-interfaces.ts'

/**
 * Every structure that crosses the wire. A member's name ends in `*` where it is required; its type is one of
 *
 *     string  integer  long  boolean  timestamp  blob      a scalar
 *     string TagKey                                        a scalar held to a constraint
 *     enum AddressFamily                                   one of an enum's values
 *     VirtualInterface                                     a structure
 *     [Tag]  [string]  [Tag] TagList                       a list of any of these, the last one held to a constraint
 */
export const structures = {
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
} as const

export type StructureName = keyof typeof structures

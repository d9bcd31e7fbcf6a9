import type { OperatorOperation } from './operation.ts'
import { accountOperations } from './operations/accounts.ts'
import { connectionOperations } from './operations/connections.ts'
import { faultOperations } from './operations/faults.ts'
import { gatewayOperations } from './operations/gateways.ts'
import { installationOperations } from './operations/installation.ts'
import { inventoryOperations } from './operations/inventory.ts'
import { letterOperations } from './operations/letters.ts'
import { resiliencyGroupOperations } from './operations/resiliency-groups.ts'
import { virtualInterfaceOperations } from './operations/virtual-interfaces.ts'

/** Every operation of the operator API, and the function that decides it. What is not a GET writes and is audited. */
export const operatorApi: readonly OperatorOperation[] = [
  ...accountOperations,
  ...inventoryOperations,
  ...connectionOperations,
  ...letterOperations,
  ...virtualInterfaceOperations,
  ...gatewayOperations,
  ...faultOperations,
  ...resiliencyGroupOperations,
  ...installationOperations,
]

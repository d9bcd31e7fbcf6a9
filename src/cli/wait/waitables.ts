import type { EnumName } from '../../contract/enums.ts'
import { enums } from '../../contract/enums.ts'
import type { OperationName } from '../../contract/types.ts'

/** Something whose state can be waited for, and where to read it. */
export interface Waitable {
  readonly title: string
  readonly operation: OperationName
  /** The member of the request that names one. */
  readonly id: string
  /** The list in the answer, and the state in each of its objects. */
  readonly list: string
  readonly state: string
  readonly states: readonly string[]
  /** The states with which it begins, in this order; none of them comes back. */
  readonly beginnings: readonly string[]
  /** The states from which few others can come, and these. */
  readonly endings: Readonly<Record<string, readonly string[]>>
  /** An id for examples. */
  readonly example: string
}

const endings = { deleting: ['deleted'], rejected: ['deleting', 'deleted'], deleted: [] }

/** Which states exist; nobody waits for `unknown`. */
const statesOf = (name: EnumName): readonly string[] => enums[name].filter((state) => state !== 'unknown')

export const waitables: Readonly<Record<string, Waitable>> = {
  connection: {
    title: 'connection',
    operation: 'DescribeConnections',
    id: 'connectionId',
    list: 'connections',
    state: 'connectionState',
    states: statesOf('ConnectionState'),
    beginnings: ['ordering', 'requested'],
    endings,
    example: 'dxcon-0a1b2c3d',
  },
  interconnect: {
    title: 'interconnect',
    operation: 'DescribeInterconnects',
    id: 'interconnectId',
    list: 'interconnects',
    state: 'interconnectState',
    states: statesOf('InterconnectState'),
    beginnings: ['requested'],
    endings,
    example: 'dxcon-0a1b2c3d',
  },
  lag: {
    title: 'LAG',
    operation: 'DescribeLags',
    id: 'lagId',
    list: 'lags',
    state: 'lagState',
    states: statesOf('LagState'),
    beginnings: [],
    endings,
    example: 'dxlag-0a1b2c3d',
  },
  'virtual-interface': {
    title: 'virtual interface',
    operation: 'DescribeVirtualInterfaces',
    id: 'virtualInterfaceId',
    list: 'virtualInterfaces',
    state: 'virtualInterfaceState',
    states: statesOf('VirtualInterfaceState'),
    beginnings: ['confirming', 'verifying'],
    endings,
    example: 'dxvif-0a1b2c3d',
  },
  gateway: {
    title: 'Direct Connect gateway',
    operation: 'DescribeDirectConnectGateways',
    id: 'directConnectGatewayId',
    list: 'directConnectGateways',
    state: 'directConnectGatewayState',
    states: statesOf('DirectConnectGatewayState'),
    beginnings: [],
    endings,
    example: '5f294f92-bafb-4011-916d-9b0bdexample',
  },
  association: {
    title: 'association of a Direct Connect gateway',
    operation: 'DescribeDirectConnectGatewayAssociations',
    id: 'associationId',
    list: 'directConnectGatewayAssociations',
    state: 'associationState',
    states: statesOf('DirectConnectGatewayAssociationState'),
    beginnings: ['associating'],
    endings: { disassociating: ['disassociated'], disassociated: [] },
    example: 'be85116d-46eb-4b43-a27a-da0c2example',
  },
}

/** Whether what is `current` can still become `wanted`. */
export function canCome({ beginnings, endings }: Waitable, current: string, wanted: string): boolean {
  const after = endings[current]
  if (after !== undefined) return after.includes(wanted)
  const place = beginnings.indexOf(wanted)
  const reached = beginnings.indexOf(current)
  return place === -1 || (reached !== -1 && reached <= place)
}

/** Whether nothing comes after it, so that what is not there any more was in it. */
export const isEnd = ({ endings }: Waitable, state: string): boolean => endings[state]?.length === 0

import type { Connection } from '../src/product/connections/connection.ts'
import { type Change, create } from '../src/product/operation.ts'
import type { VirtualInterface } from '../src/product/virtual-interfaces/virtual-interface.ts'
import type { Store } from '../src/store/store.ts'

/** Records as operations would have saved them long ago. They are saved through the store, as every record is. */

const account = '000000000000'
const region = 'us-east-1'
const perConnection = 50
const mostInGroup = 2_000

/** In AWS's form, in ascending order. */
const idAt = (prefix: string, index: number) => `${prefix}-f${index.toString(36).padStart(7, '0')}`
export const connectionIdAt = (index: number) => idAt('dxcon', index)
export const virtualInterfaceIdAt = (index: number) => idAt('dxvif', index)

export function connectionAt(index: number): Connection {
  return {
    id: connectionIdAt(index),
    createdAt: index,
    role: 'dedicated',
    ownerAccount: account,
    region,
    location: 'EqDC2',
    siteCode: 'EqDC2',
    name: `connection ${index}`,
    bandwidth: '10Gbps',
    providerName: null,
    tags: [],
    deviceId: `EqDC2-bench${Math.floor(index / 512)}`,
    portId: `10Gbps/${(index % 512) + 1}`,
    lagId: null,
    lagJoinedAt: null,
    parentId: null,
    partnerAccount: null,
    partnerName: null,
    vlan: null,
    requestMacSec: false,
    encryptionMode: 'no_encrypt',
    macSecKeys: [],
    billingMode: 'PayAsYouGo',
    approvedAt: 0,
    cables: [{ from: 0, until: null }],
    deletedAt: null,
    questions: [],
    loaIssuedAt: null,
    loaProviderName: null,
    acceptedAt: null,
    provisionedAt: null,
    rejectedAt: null,
    deleteAskedAt: null,
  }
}

function virtualInterfaceAt(index: number): VirtualInterface {
  return {
    id: virtualInterfaceIdAt(index),
    createdAt: index,
    type: 'private',
    ownerAccount: account,
    region,
    location: 'EqDC2',
    connectionId: connectionIdAt(Math.floor(index / perConnection)),
    connectionOwner: account,
    name: `virtual interface ${index}`,
    vlan: (index % perConnection) + 2,
    mtu: 1500,
    virtualGatewayId: virtualGatewayIdAt(Math.floor(index / 10)),
    directConnectGatewayId: null,
    amazonSideAsn: 64_512,
    routeFilterPrefixes: [],
    siteLinkEnabled: false,
    rateLimit: null,
    prefixAllocation: { ipv4: 100, ipv6: 100 },
    formerAllocations: [],
    peers: [
      {
        id: idAt('dxpeer', index),
        createdAt: index,
        addressFamily: 'ipv4',
        asn: 65_000,
        authKey: '0x123pK5_VBqv.UQ3kJ4123_',
        amazonAddress: `169.254.${Math.floor((index % 10_000) / 64)}.${(index % 64) * 4 + 1}/30`,
        customerAddress: `169.254.${Math.floor((index % 10_000) / 64)}.${(index % 64) * 4 + 2}/30`,
        verifiedAt: 0,
        provisionedAt: 0,
        clears: [],
        deleteAskedAt: null,
        deletedAt: null,
      },
    ],
    tags: [],
    allocated: false,
    confirmedAt: null,
    verifiedAt: 0,
    provisionedAt: 0,
    attachedAt: null,
    rejectedAt: null,
    deleteAskedAt: null,
    deletedAt: null,
  }
}

export const virtualGatewayIdAt = (index: number) => `vgw-${index.toString(16).padStart(17, '0')}`

/** So many connections of one account. */
export async function fillConnections(store: Store, from: number, until: number): Promise<void> {
  await fill(store, from, until, (index) => create('connection', connectionAt(index)))
}

/** So many virtual interfaces of one account, fifty on a connection and ten at a gateway; with the connections. */
export async function fillVirtualInterfaces(store: Store, from: number, until: number): Promise<void> {
  await fillConnections(store, Math.ceil(from / perConnection), Math.ceil(until / perConnection))
  await fill(store, from, until, (index) => create('virtual-interface', virtualInterfaceAt(index)))
}

async function fill(store: Store, from: number, until: number, changeAt: (index: number) => Change): Promise<void> {
  for (let begin = from; begin < until; begin += mostInGroup) {
    const end = Math.min(begin + mostInGroup, until)
    const changes = Array.from({ length: end - begin }, (_, offset) => changeAt(begin + offset))
    await store.write((writing) => writing.save(changes, Date.now()))
  }
}

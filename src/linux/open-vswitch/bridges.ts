import { createHash } from 'node:crypto'
import type { Database, OvsdbOperation } from './database.ts'
import { entriesOf, mapOf, membersOf, type OvsdbRow, type OvsdbValue, setOf, uuidOf } from './values.ts'

/** A bridge with one port, or several under LACP, that carries VLANs, and one port for each VLAN. */
export interface BridgeOrder {
  /** Of an interface that does not exist otherwise. */
  readonly name: string
  /** Whether the interfaces of the uplink are one port under LACP. */
  readonly lacp: boolean
  readonly uplink: readonly BridgeInterface[]
  readonly access: readonly (BridgeInterface & { readonly vlan: number })[]
}

/** An interface that is there. */
export interface BridgeInterface {
  readonly name: string
  /** An interface of the same name but another index is another one. */
  readonly index: number
}

/** Makes the bridges of a switch what they should be. What is as it should be is not touched. */
export async function applyBridges(database: Database, orders: readonly BridgeOrder[]): Promise<void> {
  const wanted = orders.flatMap(portsOf)
  const known = knownPorts(database)
  const removals = removalsOf(database, known, wanted, orders)
  const additions = additionsOf(database, known, wanted, orders)
  if (removals.operations.length + additions.operations.length === 0) return
  // What leaves and comes under one name must have left before it can come.
  const returns = [...additions.names].some((name) => removals.names.has(name))
  if (returns) {
    await database.transact(removals.operations)
    await database.transact(additions.operations)
  } else await database.transact([...removals.operations, ...additions.operations])
}

interface WantedPort {
  readonly bridge: string
  readonly name: string
  readonly interfaces: readonly BridgeInterface[]
  /** The columns that say what it does. */
  readonly row: OvsdbRow
}

const nothing = setOf([])

function portsOf({ name, lacp, uplink, access }: BridgeOrder): readonly WantedPort[] {
  const up: WantedPort = {
    bridge: name,
    name: `${name}-uplink`,
    interfaces: uplink,
    row: {
      tag: nothing,
      trunks: setOf(access.map(({ vlan }) => vlan).toSorted((a, b) => a - b)),
      lacp: lacp ? 'active' : nothing,
      bond_mode: lacp ? 'balance-tcp' : nothing,
      other_config: mapOf(lacp ? { 'lacp-time': 'fast', 'lacp-system-id': macOf(name) } : {}),
    },
  }
  const down = access.map((port): WantedPort => {
    const row = { tag: port.vlan, trunks: nothing, lacp: nothing, bond_mode: nothing, other_config: mapOf({}) }
    return { bridge: name, name: port.name, interfaces: [port], row }
  })
  return [...(uplink.length === 0 ? [] : [up]), ...down]
}

interface KnownPort {
  readonly uuid: string
  readonly bridge: string
  readonly bridgeUuid: string
  readonly row: OvsdbRow
  /** By name: the row, and the index of what it was made for. */
  readonly interfaces: ReadonlyMap<string, { readonly uuid: string; readonly index: number }>
}

/** The ports that there are, by name. */
function knownPorts(database: Database): ReadonlyMap<string, KnownPort> {
  const ports = database.rows('Port')
  const interfaces = database.rows('Interface')
  return new Map(
    [...database.rows('Bridge')].flatMap(([bridgeUuid, bridge]) =>
      referencedRows(bridge['ports'], ports).map(([uuid, row]) => [
        String(row['name']),
        {
          uuid,
          bridge: String(bridge['name']),
          bridgeUuid,
          row,
          interfaces: new Map(
            referencedRows(row['interfaces'], interfaces).map(([id, each]) => [
              String(each['name']),
              { uuid: id, index: Number(entriesOf(each['external_ids'])['index'] ?? 0) },
            ]),
          ),
        },
      ]),
    ),
  )
}

function referencedRows(
  value: OvsdbValue | undefined,
  rows: ReadonlyMap<string, OvsdbRow>,
): readonly (readonly [string, OvsdbRow])[] {
  return membersOf(value).flatMap((member) => {
    const uuid = uuidOf(member) ?? ''
    const row = rows.get(uuid)
    return row === undefined ? [] : [[uuid, row] as const]
  })
}

interface Step {
  readonly operations: readonly OvsdbOperation[]
  /** Of the interfaces that leave or come. */
  readonly names: ReadonlySet<string>
}

function removalsOf(
  database: Database,
  known: ReadonlyMap<string, KnownPort>,
  wanted: readonly WantedPort[],
  orders: readonly BridgeOrder[],
): Step {
  const operations: OvsdbOperation[] = []
  const names = new Set<string>()
  const wantedByName = new Map(wanted.map((port) => [port.name, port]))
  for (const [name, port] of known) {
    const gone = leaving(port, wantedByName.get(name))
    if (gone.length === 0) continue
    for (const each of gone) names.add(each)
    if (gone.length === port.interfaces.size) operations.push(without('Bridge', port.bridgeUuid, 'ports', [port.uuid]))
    else
      operations.push(
        without(
          'Port',
          port.uuid,
          'interfaces',
          gone.flatMap((each) => port.interfaces.get(each)?.uuid ?? []),
        ),
      )
  }
  const stay = new Set(orders.map((order) => order.name))
  const bridges = [...database.rows('Bridge')].filter(([, row]) => !stay.has(String(row['name']))).map(([uuid]) => uuid)
  if (bridges.length > 0)
    operations.push({
      op: 'mutate',
      table: 'Open_vSwitch',
      where: [],
      mutations: [['bridges', 'delete', setOf(bridges.map(reference))]],
    })
  return { operations, names }
}

/** The interfaces of a port that it is not to have. */
function leaving(port: KnownPort, wanted: WantedPort | undefined): readonly string[] {
  const stay = wanted === undefined || wanted.bridge !== port.bridge ? [] : wanted.interfaces
  const indices = new Map(stay.map(({ name, index }) => [name, index]))
  return [...port.interfaces].filter(([name, { index }]) => indices.get(name) !== index).map(([name]) => name)
}

function additionsOf(
  database: Database,
  known: ReadonlyMap<string, KnownPort>,
  wanted: readonly WantedPort[],
  orders: readonly BridgeOrder[],
): Step {
  const present = new Set([...database.rows('Bridge').values()].map((row) => String(row['name'])))
  const bridges = orders.filter(({ name }) => !present.has(name)).flatMap(({ name }, index) => newBridge(name, index))
  const names = new Set<string>()
  const ports = wanted.flatMap((port, index): readonly OvsdbOperation[] => {
    const old = known.get(port.name)
    const gone = old === undefined ? [] : leaving(old, port)
    const isNew = old === undefined || gone.length === old.interfaces.size
    const coming = isNew
      ? port.interfaces
      : port.interfaces.filter(({ name }) => !old.interfaces.has(name) || gone.includes(name))
    for (const { name } of coming) names.add(name)
    const rows = coming.map((each, position) => newInterface(each, `i${index}x${position}`))
    const named = setOf(coming.map((_, position) => ['named-uuid', `i${index}x${position}`]))
    if (isNew) {
      const row = { ...port.row, name: port.name, interfaces: named }
      return [
        ...rows,
        { op: 'insert', table: 'Port', 'uuid-name': `p${index}`, row },
        {
          op: 'mutate',
          table: 'Bridge',
          where: [['name', '==', port.bridge]],
          mutations: [['ports', 'insert', setOf([['named-uuid', `p${index}`]])]],
        },
      ]
    }
    const where = [['_uuid', '==', reference(old.uuid)]]
    return [
      ...rows,
      ...(coming.length === 0
        ? []
        : [{ op: 'mutate', table: 'Port', where, mutations: [['interfaces', 'insert', named]] }]),
      ...(isSame(old.row, port.row) ? [] : [{ op: 'update', table: 'Port', where, row: port.row }]),
    ]
  })
  return { operations: [...bridges, ...ports], names }
}

function newBridge(name: string, index: number): readonly OvsdbOperation[] {
  const row = {
    name,
    datapath_type: 'netdev',
    fail_mode: 'standalone',
    other_config: mapOf({ hwaddr: macOf(name), 'disable-in-band': 'true' }),
  }
  return [
    { op: 'insert', table: 'Bridge', 'uuid-name': `b${index}`, row },
    {
      op: 'mutate',
      table: 'Open_vSwitch',
      where: [],
      mutations: [['bridges', 'insert', setOf([['named-uuid', `b${index}`]])]],
    },
  ]
}

function newInterface({ name, index }: BridgeInterface, uuidName: string): OvsdbOperation {
  const row = { name, external_ids: mapOf({ index: String(index) }) }
  return { op: 'insert', table: 'Interface', 'uuid-name': uuidName, row }
}

function without(table: string, uuid: string, column: string, members: readonly string[]): OvsdbOperation {
  return {
    op: 'mutate',
    table,
    where: [['_uuid', '==', reference(uuid)]],
    mutations: [[column, 'delete', setOf(members.map(reference))]],
  }
}

const reference = (uuid: string): OvsdbValue => ['uuid', uuid]

/** Whether a row has these columns already, however the database spells them. */
function isSame(row: OvsdbRow, columns: OvsdbRow): boolean {
  return Object.entries(columns).every(([column, value]) => {
    const entries = (of: OvsdbValue | undefined) =>
      Object.entries(entriesOf(of)).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const members = (of: OvsdbValue | undefined) => membersOf(of).toSorted()
    const spelt = column === 'other_config' ? entries : members
    return JSON.stringify(spelt(row[column])) === JSON.stringify(spelt(value))
  })
}

/** An address that a bridge keeps whatever its ports are: its partners of LACP know it by that. */
function macOf(name: string): string {
  const bytes = [...createHash('sha256').update(name).digest().subarray(0, 5)]
  return ['02', ...bytes.map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
}

// What holds of everything that is stored, at every instant and however it came there. Each rule is a sentence with the
// function that finds what breaks it.

import type { Kind, Stored } from '../../src/product/kind.ts'
import { type KindName, kinds } from '../../src/product/kinds.ts'
import type { Rows } from './rows.ts'

type Complaints = readonly string[]

/** Whatever breaks an invariant, each with the sentence that it breaks. */
export function brokenIn(rows: Rows): Complaints {
  const now = productTime(rows)
  return Object.entries(invariants).flatMap(([sentence, complaints]) =>
    complaints(rows, now).map((complaint) => `${sentence}: ${complaint}`),
  )
}

const invariants: Readonly<Record<string, (rows: Rows, now: number) => Complaints>> = {
  'a record is in the sets that follow from its facts, and in no others': (rows) =>
    differences(
      rows.sets.map((row) => JSON.stringify([row.kind, row.id, row.name, row.value, row.created_at, row.hidden_from])),
      everyRecord(rows).flatMap(({ kind, record, definition }) =>
        Object.entries(definition.sets(record)).flatMap(([name, values]) =>
          [...new Set(values === null ? [] : [values].flat())].map((value) =>
            JSON.stringify([kind, record.id, name, value, record.createdAt, definition.hiddenFrom(record)]),
          ),
        ),
      ),
    ),

  'what a record claims by its facts it holds, and nothing is held by anybody else'(rows, now) {
    const claimed = everyRecord(rows).flatMap(({ kind, record, definition }) =>
      definition.claims(record).map(({ scope, key, until }) => ({ scope, key, until, holder: `${kind} ${record.id}` })),
    )
    const text = ({ scope, key, holder, until }: (typeof claimed)[number]) =>
      JSON.stringify([scope, key, holder, until])
    const held = new Set(rows.claims.map(text))
    const known = new Set(claimed.map(text))
    return [
      ...claimed
        .filter(({ until }) => !ended(until, now))
        .map(text)
        .filter((claim) => !held.has(claim)),
      ...[...held].filter((claim) => !known.has(claim)),
    ]
  },

  'no port is two connections': (rows, now) =>
    twice(
      [...rows.of('connection').values()]
        .filter(({ portId, deletedAt }) => portId !== null && !ended(deletedAt, now))
        .map(({ id, deviceId, portId }) => [`${deviceId} ${portId}`, id]),
    ),

  'no VLAN of a connection or LAG is used twice': (rows, now) =>
    twice([
      ...[...rows.of('virtual-interface').values()]
        .filter(({ deletedAt, rejectedAt }) => !ended(deletedAt, now) && !ended(rejectedAt, now))
        .map(({ id, connectionId, vlan }) => [`${connectionId} ${vlan}`, id] as const),
      ...[...rows.of('connection').values()]
        .filter(({ parentId, deletedAt, rejectedAt }) => parentId !== null && !ended(deletedAt ?? rejectedAt, now))
        .map(({ id, parentId, vlan }) => [`${parentId} ${vlan}`, id] as const),
    ]),

  'no child is without its parent'(rows, now) {
    const [ports, lags] = [rows.of('connection'), rows.of('lag')]
    const alive = (id: string) => {
      const parent = ports.get(id) ?? lags.get(id)
      return parent !== undefined && !ended(parent.deletedAt, now)
    }
    const gateways = rows.of('gateway')
    const aliveGateway = (id: string) => gateways.has(id) && !ended(gateways.get(id)?.deletedAt ?? null, now)
    return [
      ...[...rows.of('virtual-interface').values()].flatMap((vif) => {
        if (ended(vif.deletedAt, now) || ended(vif.rejectedAt, now)) return []
        const gateway = vif.directConnectGatewayId
        return [
          ...(alive(vif.connectionId) ? [] : [`${vif.id} on ${vif.connectionId}`]),
          ...(gateway === null || aliveGateway(gateway) ? [] : [`${vif.id} at ${gateway}`]),
        ]
      }),
      ...[...rows.of('connection').values()].flatMap((connection) => {
        if (ended(connection.deletedAt, now) || ended(connection.rejectedAt, now)) return []
        const parents = [connection.parentId, connection.lagId].filter((id) => id !== null)
        return parents.filter((id) => !alive(id)).map((id) => `${connection.id} on ${id}`)
      }),
      ...[...rows.of('association').values()]
        .filter(({ disassociatedAt, gatewayId }) => !ended(disassociatedAt, now) && !aliveGateway(gatewayId))
        .map(({ id, gatewayId }) => `${id} at ${gatewayId}`),
      ...orphans(rows, 'resiliency-association', 'resiliency-group', ({ groupId }) => groupId),
      ...orphans(rows, 'failover-test', 'virtual-interface', ({ virtualInterfaceId }) => virtualInterfaceId),
      ...orphans(rows, 'customer-routes', 'virtual-interface', ({ virtualInterfaceId }) => virtualInterfaceId),
      ...orphans(rows, 'route-table', 'vpc', ({ vpcId }) => vpcId),
      ...orphans(rows, 'access-key', 'account', ({ accountId }) => accountId),
      ...orphans(rows, 'device', 'location', ({ locationId }) => locationId),
    ]
  },

  'nothing is joined to a gateway, VPC or subnet that has gone'(rows, now) {
    const gone = (kind: 'vpc' | 'subnet' | 'vpn-gateway' | 'transit-gateway', id: string) => {
      const record = rows.of(kind).get(id)
      // A gateway of which there is no record is kept elsewhere.
      return record === undefined ? !kind.endsWith('gateway') : ended(record.deletedAt, now)
    }
    return [
      ...alive(rows, 'virtual-interface', now).flatMap(({ id, virtualGatewayId }) =>
        virtualGatewayId !== null && gone('vpn-gateway', virtualGatewayId) ? [`${id} to ${virtualGatewayId}`] : [],
      ),
      ...[...rows.of('association').values()].flatMap(({ id, associated, disassociatedAt }) => {
        const kind = associated.type === 'transitGateway' ? 'transit-gateway' : 'vpn-gateway'
        return !ended(disassociatedAt, now) && gone(kind, associated.id) ? [`${id} to ${associated.id}`] : []
      }),
      ...alive(rows, 'vpn-gateway', now).flatMap(({ id, attachment }) =>
        attachment !== null && !ended(attachment.detachedAt, now) && gone('vpc', attachment.vpcId)
          ? [`${id} to ${attachment.vpcId}`]
          : [],
      ),
      ...[...alive(rows, 'subnet', now), ...alive(rows, 'route-table', now)].flatMap(({ id, vpcId }) =>
        gone('vpc', vpcId) ? [`${id} in ${vpcId}`] : [],
      ),
      ...alive(rows, 'transit-gateway-vpc-attachment', now).flatMap(({ id, transitGatewayId, vpcId, subnetIds }) => [
        ...(gone('transit-gateway', transitGatewayId) ? [`${id} to ${transitGatewayId}`] : []),
        ...(gone('vpc', vpcId) ? [`${id} to ${vpcId}`] : []),
        ...subnetIds.filter((subnet) => gone('subnet', subnet)).map((subnet) => `${id} in ${subnet}`),
      ]),
    ]
  },

  'a LAG bundles at most four ports of its own device and speed': (rows, now) =>
    [...rows.of('lag').values()].flatMap((lag) => {
      const members = [...rows.of('connection').values()].filter(
        ({ lagId, deletedAt }) => lagId === lag.id && !ended(deletedAt, now),
      )
      const strangers = members.filter(
        ({ deviceId, bandwidth, ownerAccount }) =>
          deviceId !== lag.deviceId || bandwidth !== lag.bandwidth || ownerAccount !== lag.ownerAccount,
      )
      return [
        ...(members.length > 4 ? [`${lag.id} has ${members.length}`] : []),
        ...strangers.map(({ id }) => `${id} in ${lag.id}`),
      ]
    }),

  'a request is in the audit trail once': (rows) =>
    twice(rows.audit.map(({ id, record }) => [String(JSON.parse(record).requestID), id] as const)),
}

/** The ids of the requests that changed something or were refused, as the audit trail has them. */
export function auditedRequests({ audit }: Rows): ReadonlySet<string> {
  return new Set(audit.map(({ record }) => String(JSON.parse(record).requestID)))
}

function productTime(rows: Rows): number {
  return Date.now() + (rows.of('installation').get('installation')?.clockOffset ?? 0)
}

const ended = (at: number | null, now: number) => at !== null && at <= now

/** Those of a kind that have not gone. */
function alive<
  K extends 'virtual-interface' | 'vpn-gateway' | 'subnet' | 'route-table' | 'transit-gateway-vpc-attachment',
>(rows: Rows, kind: K, now: number) {
  return [...rows.of(kind).values()].filter(({ deletedAt }) => !ended(deletedAt, now))
}

interface Each {
  readonly kind: KindName
  readonly record: Stored
  readonly definition: Kind<Stored>
}

function everyRecord({ records }: Rows): readonly Each[] {
  return records.map(({ kind, facts }) => {
    // Stored under the name of a kind, it is of that kind.
    const name = kind as KindName
    return { kind: name, record: JSON.parse(facts), definition: kinds[name] as unknown as Kind<Stored> }
  })
}

function differences(found: readonly string[], expected: readonly string[]): Complaints {
  const [there, wanted] = [new Set(found), new Set(expected)]
  return [
    ...wanted
      .difference(there)
      .values()
      .map((row) => `missing ${row}`),
    ...there
      .difference(wanted)
      .values()
      .map((row) => `too much ${row}`),
  ]
}

function twice(uses: readonly (readonly [what: string, by: string])[]): Complaints {
  return [...Map.groupBy(uses, ([what]) => what)]
    .filter(([, users]) => users.length > 1)
    .map(([what, users]) => `${what} by ${users.map(([, by]) => by).join(' and ')}`)
}

function orphans<K extends KindName>(
  rows: Rows,
  kind: K,
  parentKind: KindName,
  parentOf: (record: Parameters<(typeof kinds)[K]['sets']>[0]) => string,
): Complaints {
  const parents = rows.of(parentKind)
  return [...rows.of(kind).values()]
    .map((child) => ({ id: child.id, parent: parentOf(child) }))
    .filter(({ parent }) => !parents.has(parent))
    .map(({ id, parent }) => `${kind} ${id} of ${parent}`)
}

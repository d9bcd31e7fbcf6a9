import { accountOf, quotaOf } from '../accounts/account.ts'
import { overlaps } from '../addresses/cidr.ts'
import { networksOf } from '../bgp/peer-addresses.ts'
import { type Connection, endOf } from '../connections/connection.ts'
import { refuse } from '../fault.ts'
import { asSeen, peersAsSeen } from '../history.ts'
import { type Instant, reached } from '../lifecycle.ts'
import type { Observed } from '../observed.ts'
import { type Change, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { loadTopology } from '../topology.ts'
import { carried as carriedVirtualInterfaces } from '../virtual-interfaces/carrier.ts'
import { checkLimiters, limited } from '../virtual-interfaces/rate-limits.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { Lag } from './lag.ts'

/** What is on a port or LAG and has not ended. */
export interface Carried {
  readonly virtualInterfaces: readonly VirtualInterface[]
  readonly hosted: readonly Connection[]
}

export async function carriedBy(snapshot: Snapshot, carrier: Connection | Lag): Promise<Carried> {
  const virtualInterfaces = await carriedVirtualInterfaces(snapshot, carrier)
  const hosted = await snapshot.list('connection', 'parent', carrier.id)
  return { virtualInterfaces, hosted: hosted.filter((connection) => !reached(endOf(connection), snapshot.now)) }
}

/**
 * What is on a port goes to the LAG that the port joins, all of it or nothing, and is configured there anew.
 * @source behaviour catalogue A.1 AssociateConnectionWithLag
 */
export async function moveCarried(
  snapshot: Snapshot,
  connection: Connection,
  lag: Lag,
  configuredAt: number,
): Promise<readonly Change[]> {
  const arriving = await carriedBy(snapshot, connection)
  const present = await carriedBy(snapshot, lag)
  checkVlans(arriving, present, lag)
  checkNetworks(arriving, present, lag, snapshot.now)
  await checkRoom(snapshot, [...arriving.virtualInterfaces, ...present.virtualInterfaces], lag)
  // What was never configured, such as a hosted connection that its customer has not accepted, still waits for it.
  const anew = (instant: Instant) => (instant === null ? null : Math.max(instant, configuredAt))
  const { virtualInterfaces, hosted } = arriving
  const observed = await snapshot.observe(await loadTopology(snapshot, { virtualInterfaces, connections: hosted }))
  return [
    ...virtualInterfaces.map((vif) => {
      const peers = peersAsSeen(observed, vif.peers)
      return save('virtual-interface', { ...vif, peers, connectionId: lag.id, provisionedAt: anew(vif.provisionedAt) })
    }),
    ...hosted.map((each) =>
      save('connection', {
        ...asMoved(each, observed),
        parentId: lag.id,
        provisionedAt: anew(each.provisionedAt),
      }),
    ),
  ]
}

/** A hosted connection that is to be carried by something else, with what it has to remember. */
export function asMoved(hosted: Connection, observed: Observed): Connection {
  const wasUpAt = hosted.wasUpAt ?? observed.link(hosted.id).firstUpAt
  return { ...hosted, ...asSeen(observed, hosted.id), wasUpAt }
}

/** @source behaviour catalogue C.4 */
function checkVlans(arriving: Carried, present: Carried, lag: Lag): void {
  const taken = new Set([...present.virtualInterfaces, ...present.hosted].map(({ vlan }) => vlan))
  const conflict = [...arriving.virtualInterfaces, ...arriving.hosted].find(({ vlan }) => taken.has(vlan))
  if (conflict !== undefined) throw refuse(`VLAN ${conflict.vlan} of ${conflict.id} is already in use on Lag ${lag.id}`)
}

/** Routers on one link could not tell sessions with the same addresses apart. @source behaviour catalogue A.1 */
function checkNetworks(arriving: Carried, present: Carried, lag: Lag, now: number): void {
  const taken = present.virtualInterfaces.flatMap((vif) => networksOf(vif.peers, now))
  const conflict = arriving.virtualInterfaces.find((vif) =>
    networksOf(vif.peers, now).some((network) => taken.some((other) => overlaps(other, network))),
  )
  if (conflict !== undefined)
    throw refuse(`The addresses of VirtualInterface ${conflict.id} overlap with those of another on Lag ${lag.id}`)
}

/** @source behaviour catalogue D */
async function checkRoom(snapshot: Snapshot, all: readonly VirtualInterface[], lag: Lag): Promise<void> {
  checkLimiters(lag.id, limited(all).length)
  const account = await accountOf(snapshot, lag.ownerAccount)
  const counted = [
    ['allVirtualInterfacesPerConnection', all.length, 'virtual interfaces'],
    [
      'transitVirtualInterfacesPerConnection',
      all.filter((vif) => vif.type === 'transit').length,
      'transit virtual interfaces',
    ],
  ] as const
  for (const [name, count, what] of counted) {
    const quota = quotaOf(snapshot, account, name)
    if (count > quota) throw refuse(`You have reached the limit of ${quota} ${what} on ${lag.id}; this makes ${count}`)
  }
}

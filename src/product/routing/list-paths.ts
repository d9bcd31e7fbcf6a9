import { quote } from '../../contract/quote.ts'
import { type Cidr, networkOf, parseCidr, showCidr } from '../addresses/cidr.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { missing, refuse } from '../fault.ts'
import { targetOf } from '../faults/target.ts'
import { isInForce } from '../gateways/associations/association.ts'
import { reached } from '../lifecycle.ts'
import type { Observed } from '../observed.ts'
import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { type Candidate, type Choice, choosePaths, type LocalPreference } from './path-choice.ts'
import { virtualInterfacesToward } from './virtual-interfaces-toward.ts'
import { without } from './without.ts'

export interface PathQuestion {
  readonly gatewayId: string
  /** An address, or a network. */
  readonly destination: string
  /** What is assumed to fail. */
  readonly without?: string | undefined
}

export interface ShownPath {
  readonly virtualInterfaceId: string
  readonly bgpPeerId: string
  readonly connectionId: string
  readonly location: string
  readonly region: string
  /** null: nothing that is announced on it, or it is down. */
  readonly cidr: string | null
  readonly asPath: readonly number[]
  readonly communities: readonly string[]
  readonly med: number | null
  readonly localPreference: LocalPreference | null
  readonly chosen: boolean
  readonly reason: string
}

export interface ShownPaths {
  readonly gatewayId: string
  readonly destination: string
  readonly without: string | null
  readonly sources: readonly {
    readonly gatewayId: string
    readonly region: string | null
    readonly paths: readonly ShownPath[]
  }[]
}

/**
 * Which way traffic to a destination leaves: for a virtual private gateway or transit gateway from there, for a Direct
 * Connect gateway from each that it is associated with, since each has a Region of its own.
 */
export async function listPaths(snapshot: Snapshot, input: PathQuestion): Promise<Decision<ShownPaths>> {
  const destination = checkedDestination(input.destination)
  const failing = input.without === undefined ? null : await targetOf(snapshot, input.without)
  const sources = await sourcesOf(snapshot, input.gatewayId)
  if (sources.size === 0) throw missing('gateway', input.gatewayId)
  const virtualInterfaces = (await virtualInterfacesToward(snapshot, [input.gatewayId])).get(input.gatewayId) ?? []
  const { topology, observed } = await viewOf(snapshot, { virtualInterfaces })
  const seen = failing === null ? observed : without(failing, topology, observed)
  return answer({
    gatewayId: input.gatewayId,
    destination: showCidr(destination),
    without: failing,
    sources: [...sources].map(([gatewayId, region]) => ({
      gatewayId,
      region,
      paths: pathsFrom(virtualInterfaces, destination, seen, snapshot.now, (candidates) =>
        choosePaths(destination, candidates, region),
      ),
    })),
  })
}

/** From where traffic comes, with the Region, which is null where nobody can tell. */
async function sourcesOf(snapshot: Snapshot, id: string): Promise<ReadonlyMap<string, string | null>> {
  const { now } = snapshot
  const gateway = await snapshot.get('gateway', id)
  if (gateway !== undefined && !reached(gateway.deletedAt, now)) {
    const associations = (await snapshot.list('association', 'gateway', id)).filter((each) => isInForce(each, now))
    if (associations.length === 0) return new Map([[id, null]])
    return new Map(associations.map(({ associated }) => [associated.id, associated.region]))
  }
  const virtual = (await snapshot.get('vpn-gateway', id)) ?? (await snapshot.get('transit-gateway', id))
  if (virtual !== undefined) return new Map(reached(virtual.deletedAt, now) ? [] : [[id, virtual.region]])
  // Where EC2 is kept elsewhere, gateways are known by what names them.
  const [association] = await snapshot.list('association', 'associated', id)
  const [vif] = await snapshot.list('virtual-interface', 'gateway', id)
  const region = association?.associated.region ?? vif?.region
  return new Map(region === undefined ? [] : [[id, region]])
}

/** Every session that could be a path to a destination, with what `choose` makes of those that are up. */
export function pathsFrom(
  vifs: readonly VirtualInterface[],
  destination: Cidr,
  observed: Observed,
  now: number,
  choose: (candidates: readonly Candidate[]) => readonly Choice<Candidate>[],
): readonly ShownPath[] {
  const sessions = vifs.flatMap((vif) =>
    vif.peers
      .filter((peer) => peer.addressFamily === destination.family && !reached(peer.deleteAskedAt, now))
      .map((peer) => ({ vif, peer, session: observed.session(peer.id) })),
  )
  const candidates = sessions.map(({ vif, peer }) => ({
    bgpPeerId: peer.id,
    region: vif.region,
    siteLinkEnabled: vif.siteLinkEnabled,
    routes: observed.routes(peer.id),
  }))
  const choices = new Map(choose(candidates).map((choice) => [choice.candidate.bgpPeerId, choice]))
  return sessions.map(({ vif, peer, session }) => {
    const choice = choices.get(peer.id)
    if (choice === undefined)
      return {
        ...showSession(vif, peer),
        ...nothing,
        reason: session.up ? noRoute : (session.lastError ?? 'it is down'),
      }
    const { cidr, asPath, communities, med } = choice.route
    const { localPreference, chosen, reason } = choice
    return { ...showSession(vif, peer), cidr, asPath, communities, med, localPreference, chosen, reason }
  })
}

export const noRoute = 'no announced route contains the destination'

const nothing = { cidr: null, asPath: [], communities: [], med: null, localPreference: null, chosen: false } as const

function showSession({ id, connectionId, location, region }: VirtualInterface, peer: BgpPeer) {
  return { virtualInterfaceId: id, bgpPeerId: peer.id, connectionId, location, region }
}

export function checkedDestination(text: string): Cidr {
  const cidr = parseCidr(text) ?? parseCidr(`${text}/${text.includes(':') ? 128 : 32}`)
  if (cidr === undefined)
    throw refuse(`Invalid value ${quote(text)} for destination: it must be an address or in CIDR notation`)
  return networkOf(cidr)
}

import type { Api } from './api.ts'
import type { LabState } from './state.ts'

/** What the server sees of a cable or a session. */
export interface Sight {
  readonly name: string
  readonly state: 'up' | 'down'
  /** Why it is down, in the server's words; null: it is not, or nobody knows. */
  readonly reason: string | null
}

interface Observation {
  readonly up: boolean
  readonly lastError: string | null
}

export interface Sights {
  readonly cables: readonly Sight[]
  readonly sessions: readonly Sight[]
}

export async function see(api: Api, state: LabState): Promise<Sights> {
  const [{ connections }, { bgpPeers }] = await Promise.all([
    api.operator<{
      readonly connections: readonly { readonly connectionId: string; readonly link: Observation }[]
    }>('GET', '/connections'),
    api.operator<{ readonly bgpPeers: readonly { readonly bgpPeerId: string; readonly session: Observation }[] }>(
      'GET',
      '/bgp-peers',
    ),
  ])
  const links = new Map(connections.map(({ connectionId, link }) => [connectionId, link]))
  const sessions = new Map(bgpPeers.map(({ bgpPeerId, session }) => [bgpPeerId, session]))
  return {
    cables: state.cables.map(({ name, connectionId }) => sight(name, links.get(connectionId))),
    sessions: state.virtualInterfaces.map(({ session, bgpPeerId }) => sight(session, sessions.get(bgpPeerId))),
  }
}

function sight(name: string, observation: Observation | undefined): Sight {
  const up = observation?.up === true
  return { name, state: up ? 'up' : 'down', reason: up ? null : (observation?.lastError ?? null) }
}

/** What is down, with the reasons; empty: everything is up. */
export function downIn({ cables, sessions }: Sights): readonly string[] {
  return [...cables, ...sessions]
    .filter(({ state }) => state === 'down')
    .map(({ name, reason }) => (reason === null ? name : `${name} (${reason})`))
}

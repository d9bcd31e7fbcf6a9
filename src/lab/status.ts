import { apiAt } from './api.ts'
import { nameOf } from './fail.ts'
import { hostsOf } from './hosts.ts'
import { downIn, type Sight, see } from './seen.ts'
import type { LabState } from './state.ts'

/** What is seen of a lab, as `lab status --output json` prints it. */
export async function statusOf(state: LabState) {
  if (state.server === null) return { name: state.name, server: null, hosts: [], cables: [], sessions: [], faults: [] }
  const api = apiAt(state.server)
  const sights = await see(api, state)
  const { faults } = await activeFaults(state.server)
  return {
    name: state.name,
    server: state.server,
    hosts: hostsOf(state),
    cables: sights.cables.map((each, index) => ({ ...each, ...pick(state.cables[index]) })),
    sessions: sights.sessions.map((each, index) => ({
      ...each,
      virtualInterface: state.virtualInterfaces[index]?.name ?? '',
      virtualInterfaceId: state.virtualInterfaces[index]?.id ?? '',
    })),
    devices: state.devices,
    lags: state.carriers.filter(({ lacp }) => lacp).map(({ name, id }) => ({ name, id })),
    faults: faults.map(({ faultId, target }) => ({ name: nameOf(state, target), faultId, target })),
  }
}

export interface ActiveFault {
  readonly faultId: string
  readonly target: string
}

export function activeFaults(server: string): Promise<{ readonly faults: readonly ActiveFault[] }> {
  return apiAt(server).operator('GET', '/faults?active=true')
}

function pick(cable: LabState['cables'][number] | undefined) {
  return { connectionId: cable?.connectionId ?? '', deviceId: cable?.deviceId ?? '' }
}

/** The same for people. */
export function statusLines(status: Awaited<ReturnType<typeof statusOf>>): readonly string[] {
  const line = ({ name, state, reason }: Sight, what: string) =>
    `  ${name.padEnd(14)} ${state.padEnd(5)} ${what}${reason === null ? '' : `: ${reason}`}`
  return [
    `lab ${status.name}, server ${status.server ?? 'not begun'}`,
    'hosts',
    ...status.hosts.map(({ name, address }) => `  ${name.padEnd(14)} ${address}`),
    'cables',
    ...status.cables.map((cable) => line(cable, cable.connectionId)),
    'sessions',
    ...status.sessions.map((session) => line(session, `of ${session.virtualInterface}, ${session.virtualInterfaceId}`)),
    ...(status.faults.length === 0
      ? []
      : ['faults', ...status.faults.map(({ name, target }) => `  ${name.padEnd(14)} fails, ${target}`)]),
    downIn(status).length === 0 ? 'everything is up' : `down: ${downIn(status).length}`,
  ]
}

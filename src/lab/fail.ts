import { setTimeout as delay } from 'node:timers/promises'
import { apiAt } from './api.ts'
import { addressOf, hostNamed } from './hosts.ts'
import { LabError } from './lab-error.ts'
import type { LabState, Places } from './state.ts'
import { type Sample, startTraffic } from './traffic.ts'
import { wayOf } from './way.ts'

/** What can fail, by every name that a person may use for it, with what the operator API calls it. */
function targetsOf(state: LabState): ReadonlyMap<string, string> {
  return new Map([
    ...state.cables.map(({ name, connectionId }) => [name, connectionId] as const),
    ...state.carriers.filter(({ lacp }) => lacp).map(({ name, id }) => [name, id] as const),
    ...state.hosted.map(({ name, id }) => [name, id] as const),
    ...state.devices.map(({ name, id }) => [name, id] as const),
    ...state.devices.map(({ location }) => [location, location] as const),
    ...state.virtualInterfaces.map(({ session, bgpPeerId }) => [session, bgpPeerId] as const),
    ...state.virtualInterfaces.map(({ name, id }) => [name, id] as const),
  ])
}

/** What the lab calls something that the operator API says fails. */
export function nameOf(state: LabState, id: string): string {
  return [...targetsOf(state)].find((target) => target[1].toLowerCase() === id.toLowerCase())?.[0] ?? id
}

function targetNamed(state: LabState, word: string): { readonly name: string; readonly id: string } {
  const targets = [...targetsOf(state)]
  const wanted = word.toLowerCase()
  const found = targets.find(([name, id]) => name.toLowerCase() === wanted || id.toLowerCase() === wanted)
  if (found === undefined)
    throw new LabError(`there is no '${word}' that could fail; there are ${targets.map(([name]) => name).join(', ')}`)
  return { name: found[0], id: found[1] }
}

export interface FailOrder {
  readonly target: string
  /** How long it is watched, after a first second in which all is well. */
  readonly seconds: number
  readonly from: string
  readonly to: string
}

/** Makes something fail while packets go, and prints what becomes of them. It stays failed. */
export async function fail(
  places: Places,
  state: LabState,
  order: FailOrder,
  print: (line: string) => void,
  interrupted: AbortSignal,
): Promise<void> {
  if (state.server === null) throw new LabError("its server does not run; 'lab down' removes the rest")
  const api = apiAt(state.server)
  const { name, id } = targetNamed(state, order.target)
  const [host, address] = [hostNamed(state, order.from), addressOf(state, order.to)]
  print(`100 pings a second from ${order.from} to ${address}; after one second ${name} fails`)
  print(row('time', 'path', 'loss', 'round trip'))
  const traffic = startTraffic(host.namespace, address)
  let failed = false
  try {
    const begunAt = performance.now()
    for (let second = 1; second <= order.seconds + 1; second++) {
      await delay(Math.max(0, begunAt + second * 1_000 - performance.now()), undefined, { signal: interrupted }).catch(
        () => {},
      )
      if (interrupted.aborted) break
      print(rowOf(second, await wayOf(places, state, order.from, address), traffic.sample()))
      if (second > 1) continue
      await api.operator('POST', '/faults', { target: id, kind: 'down' })
      failed = true
      print(`        ${name} is down now (${id})`)
    }
    if (failed) print(`${name} stays down until 'crossconnect lab heal'`)
  } finally {
    const { longestGapMs } = await traffic.end()
    print(`longest gap: ${longestGapMs} ms`)
  }
}

function rowOf(second: number, way: string, { sent, received, roundTripMs }: Sample): string {
  const loss = sent === 0 ? 100 : Math.round((100 * (sent - received)) / sent)
  return row(`${second} s`, way, `${loss} %`, roundTripMs === null ? '-' : `${roundTripMs.toFixed(2)} ms`)
}

function row(time: string, path: string, loss: string, roundTrip: string): string {
  return `${time.padStart(6)}  ${path.padEnd(46)} ${loss.padStart(6)} ${roundTrip.padStart(11)}`
}

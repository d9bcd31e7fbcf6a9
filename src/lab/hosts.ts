import { isIP } from 'node:net'
import { run } from '../linux/command.ts'
import { listNamespaces } from '../linux/namespaces.ts'
import { LabError } from './lab-error.ts'
import type { HostState, LabState } from './state.ts'
import type { Lab } from './topology.ts'
import { until } from './until.ts'

/** Wherever a command can run: the host and the router of each site, and the instance in each VPC. */
export function hostsOf(state: LabState): readonly HostState[] {
  const names = listNamespaces()
  return [
    ...state.sites.flatMap(({ lan, router }) => [lan, router]),
    ...state.vpcs.flatMap(({ name, id, address }) => {
      // The server's fabric made it, and ends its name with the VPC's id.
      const namespace = names.find((each) => each.endsWith(`-vpc-${id}`))
      return namespace === undefined ? [] : [{ name, namespace, address }]
    }),
  ]
}

export function hostNamed(state: LabState, name: string): HostState {
  const hosts = hostsOf(state)
  const host = hosts.find((each) => each.name === name)
  if (host !== undefined) return host
  throw new LabError(`there is no host '${name}'; there are ${hosts.map((each) => each.name).join(', ')}`)
}

/** The address of a host by its name, or one that is said itself. Throws LabError for a name of nobody. */
export function addressOf(state: LabState, name: string): string {
  const hosts = [...state.sites.flatMap(({ lan, router }) => [lan, router]), ...state.vpcs]
  const address = hosts.find((each) => each.name === name)?.address
  if (address === undefined && isIP(name) === 0)
    throw new LabError(
      `'${name}' is neither a host nor an address; there are ${hosts.map((each) => each.name).join(', ')}`,
    )
  return address ?? name
}

/** How long packets may take to go where routes have just come, milliseconds. */
const packetMs = 30_000

/** Waits until everybody reaches whom they are to reach; says each time that somebody does. */
export async function untilReached(
  state: LabState,
  pairs: Lab['reaches'],
  interrupted: AbortSignal,
  say: (step: string) => void,
): Promise<void> {
  for (const [from, to] of pairs) {
    const [host, address] = [hostNamed(state, from), addressOf(state, to)]
    await until(`${from} reaches ${address}`, packetMs, async () => {
      interrupted.throwIfAborted()
      return (await reaches(host, address)) || undefined
    })
    say(`${from} reaches ${address === to ? to : `${to}, ${address}`}`)
  }
}

/** Whether a host gets an answer from an address. */
async function reaches(host: HostState, address: string): Promise<boolean> {
  try {
    await run('ping', ['-n', '-c', '1', '-W', '1', address], { namespace: host.namespace })
    return true
  } catch {
    return false
  }
}

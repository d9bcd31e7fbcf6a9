import { CommandFailed } from '../../linux/command.ts'
import { ipBatch, type Link, moveLink, offloadsOff, readLinks } from '../../linux/links.ts'
import { hasNamespace } from '../../linux/namespaces.ts'
import { wireMtu } from './parts.ts'

/**
 * A port is an interface of the host. While a connection has it, it is in the namespace of the device; how it was before
 * is written on it, so that whoever finds it there can give it back.
 */
const mark = 'crossconnect:port'

/** Whether an interface in a device's namespace is one of the host's. */
export function isPort({ alias }: Pick<Link, 'alias'>): boolean {
  return alias?.startsWith(`${mark}:`) ?? false
}

/** Takes an interface of the host, which `links` are. Returns why it cannot be had, in words for people; null: it is ours. */
export async function takePort(
  name: string,
  namespace: string,
  links: ReadonlyMap<string, Link>,
): Promise<string | null> {
  const link = links.get(name)
  if (link === undefined) return `the host has no interface named ${name}`
  const use = useOf(link, links)
  if (use !== null) return `${use}, so it is not taken`
  try {
    await ipBatch(null, [`link set dev ${name} alias ${mark}:${link.mtu}:${link.up ? 'up' : 'down'}`])
    await moveLink(name, null, namespace)
  } catch (error) {
    return `${name} cannot be taken: ${error instanceof Error ? error.message : String(error)}`
  }
  await readyPort(link, namespace)
  return null
}

/** Makes an interface that was taken carry what wires carry. Not every kind of interface lets us do both. */
export async function readyPort({ name, mtu }: Pick<Link, 'name' | 'mtu'>, namespace: string): Promise<void> {
  await tolerated(() => offloadsOff(namespace, name))
  if (mtu < wireMtu) await tolerated(() => ipBatch(namespace, [`link set dev ${name} mtu ${wireMtu}`]))
}

/** What the host needs an interface for: whoever names the one over which it is reached would never reach it again. */
function useOf({ name, addresses, master }: Link, links: ReadonlyMap<string, Link>): string | null {
  if (addresses.some((address) => !address.startsWith('fe80:'))) return `${name} has addresses of the host`
  if (master !== null) return `${name} belongs to ${master} of the host`
  const part = [...links.values()].find(({ parent }) => parent === name)
  return part === undefined ? null : `the host's ${part.name} is a part of ${name}`
}

/** Gives interfaces back to the host as they were. One that the host cannot have back now stays where it is. */
export async function giveBack(namespace: string, ports: readonly Pick<Link, 'name' | 'alias'>[]): Promise<void> {
  for (const { name, alias } of ports) {
    const [, , mtu = '1500', was = 'down'] = alias?.split(':') ?? []
    await tolerated(() => ipBatch(namespace, [`link set dev ${name} down`, `link set dev ${name} mtu ${mtu}`]))
    await tolerated(async () => {
      await moveLink(name, namespace, null)
      await ipBatch(null, [`link set dev ${name} alias ""`, ...(was === 'up' ? [`link set dev ${name} up`] : [])])
    })
  }
}

/** Gives back all that the host had to give to a namespace. One that is not there has nothing. */
export async function giveAllBack(namespace: string): Promise<void> {
  if (!hasNamespace(namespace)) return
  await giveBack(namespace, [...(await readLinks(namespace)).values()].filter(isPort))
}

async function tolerated(attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt()
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
  }
}

import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from './api.ts'
import type { LabState } from './state.ts'

/** `ip netns exec` puts the files of a namespace's folder in here in the places of those of /etc. */
const folder = '/etc/netns'

/**
 * The reverse names that the lab's hosts know: of the far end of each virtual interface that of the device where it
 * ends, as traceroute is to show it, and of the others what the lab calls them.
 */
export async function writeNames(api: Api, state: LabState): Promise<void> {
  const { virtualInterfaces = [] } = await api.ask('DescribeVirtualInterfaces', {})
  const devices = virtualInterfaces.flatMap(({ bgpPeers = [], awsLogicalDeviceId = '' }) =>
    bgpPeers.map(({ amazonAddress = '' }) => [amazonAddress.replace(/\/.*/, ''), awsLogicalDeviceId] as const),
  )
  const hosts = [...state.sites.flatMap(({ lan, router }) => [lan, router]), ...state.vpcs]
  const names = [...devices, ...hosts.map(({ name, address }) => [address, name] as const)]
  const text = ['127.0.0.1 localhost', ...names.map((pair) => pair.join(' ')), ''].join('\n')
  for (const { namespace } of state.sites.flatMap(({ lan, router }) => [lan, router])) {
    mkdirSync(join(folder, namespace), { recursive: true })
    writeFileSync(join(folder, namespace, 'hosts'), text)
  }
}

export function forgetNames(namespace: string): void {
  rmSync(join(folder, namespace), { recursive: true, force: true })
  try {
    rmdirSync(folder)
  } catch {
    // Others have names too, or there is none any more.
  }
}

import { readFileSync } from 'node:fs'
import type { Output } from '../../src/contract/types.ts'
import type { Api } from '../../src/lab/api.ts'
import { run } from '../../src/linux/command.ts'
import { runningProcesses } from '../../src/linux/daemons.ts'
import { listNamespaces } from '../../src/linux/namespaces.ts'
import type { World } from './world.ts'

/** What the fabric of a lab takes, bytes; memory that several processes share is divided among them. */
export interface Memory {
  readonly gateways: number
  /** On average. */
  readonly perGateway: number
  readonly deviceCount: number
  /** Of all devices. */
  readonly devices: number
  readonly server: number
  readonly virtualInterfaces: number
}

export async function memoryOf({ state, places, api }: World): Promise<Memory> {
  // All names of an installation begin alike, as that of a device does.
  const device = listNamespaces().find((name) => name.endsWith(`-device-${state.devices[0]?.id}`)) ?? ''
  const installation = device.slice(0, device.indexOf('-device-'))
  const [gateways, devices] = [`${installation}-gateway-`, `${installation}-device-`].map((prefix) =>
    listNamespaces(prefix),
  )
  if (gateways === undefined || devices === undefined) throw new Error('two kinds')
  const server = [...runningProcesses()].find(([line]) => line.includes(`\0--data\0${places.data}\0`))
  return {
    gateways: gateways.length,
    perGateway: (await inNamespaces(gateways)) / gateways.length,
    deviceCount: devices.length,
    devices: await inNamespaces(devices),
    server: server === undefined ? 0 : ofProcess(server[1]),
    virtualInterfaces: await countVirtualInterfaces(api),
  }
}

/** Page by page. */
async function countVirtualInterfaces(api: Api): Promise<number> {
  let count = 0
  let more: string | undefined
  do {
    const page: Output<'DescribeVirtualInterfaces'> = await api.ask(
      'DescribeVirtualInterfaces',
      more === undefined ? {} : { nextToken: more },
    )
    count += page.virtualInterfaces?.length ?? 0
    more = page.nextToken || undefined
  } while (more !== undefined)
  return count
}

async function inNamespaces(names: readonly string[]): Promise<number> {
  let bytes = 0
  for (const name of names)
    for (const pid of (await run('ip', ['netns', 'pids', name])).split('\n').filter(Boolean))
      bytes += ofProcess(Number(pid))
  return bytes
}

function ofProcess(pid: number): number {
  const [, kibibytes = '0'] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? []
  return 1024 * Number(kibibytes)
}

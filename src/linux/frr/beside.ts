import { openVty } from './vty.ts'

// What is asked of a bgpd that runs beside the one of its router; `folder` is its own.

/** The networks that a bgpd has heard of, once each of its neighbors has said that this is all, of every family. */
export async function heardOf(folder: string): Promise<readonly string[] | undefined> {
  // Its socket is there a moment before it listens.
  const vty = await openVty(`${folder}/bgpd.vty`).catch(() => undefined)
  if (vty === undefined) return undefined
  try {
    const neighbors: Readonly<Record<string, HeardFrom>> = JSON.parse(await vty.ask('show bgp neighbors json'))
    const isAll = Object.values(neighbors).every(({ gracefulRestartInfo: { endOfRibRecv } = {}, addressFamilyInfo }) =>
      Object.keys(addressFamilyInfo ?? {}).every((family) => endOfRibRecv?.[family] === true),
    )
    if (!isAll) return undefined
    const networks = []
    for (const family of ['ipv4', 'ipv6']) {
      const heard: Heard = JSON.parse(await vty.ask(`show bgp ${family} unicast json`))
      networks.push(...Object.keys(heard.routes ?? {}))
    }
    return networks
  } finally {
    vty.close()
  }
}

/** Takes everything that a bgpd has chosen out of its table. */
export async function withdrawAll(folder: string): Promise<void> {
  const vty = await openVty(`${folder}/bgpd.vty`)
  try {
    for (const line of ['configure terminal', 'no router bgp', 'end']) await vty.ask(line)
  } finally {
    vty.close()
  }
}

/** Of what FRR's bgpd shows of a neighbor, what is looked at. */
interface HeardFrom {
  readonly addressFamilyInfo?: Readonly<Record<string, unknown>>
  readonly gracefulRestartInfo?: { readonly endOfRibRecv?: Readonly<Record<string, boolean>> }
}

interface Heard {
  readonly routes?: Readonly<Record<string, unknown>>
}

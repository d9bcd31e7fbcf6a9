import { openVty } from './vty.ts'

// What is asked of a bgpd that runs beside the one of its router; `folder` is its own.

/** Whether a bgpd has been told by each of its neighbors that this is all, of every family. */
export async function hasHeardAll(folder: string): Promise<boolean> {
  // Its socket is there a moment before it listens.
  const vty = await openVty(`${folder}/bgpd.vty`).catch(() => undefined)
  if (vty === undefined) return false
  try {
    const neighbors: Readonly<Record<string, HeardFrom>> = JSON.parse(await vty.ask('show bgp neighbors json'))
    return Object.values(neighbors).every(({ gracefulRestartInfo: { endOfRibRecv } = {}, addressFamilyInfo }) =>
      Object.keys(addressFamilyInfo ?? {}).every((family) => endOfRibRecv?.[family] === true),
    )
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

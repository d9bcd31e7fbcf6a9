import { run } from '../linux/command.ts'
import { runningProcesses } from '../linux/daemons.ts'
import { deleteLink, readLinks } from '../linux/links.ts'
import { deleteNamespace, listNamespaces } from '../linux/namespaces.ts'
import { forgetNames } from './reverse-names.ts'
import { stopServer } from './server.ts'
import { findState, type LabState, type Places, removePlaces } from './state.ts'
import { until } from './until.ts'

/** Ends whatever there is of a lab: its server with the fabric, its sites, its files. What is not there is no error. */
export async function takeDown(places: Places): Promise<void> {
  // One that never listened has no fabric, and may not be able to have one.
  if ((findState(places)?.server ?? null) !== null) await stopServer(places)
  const left = [...(await readLinks(null)).keys()].filter((name) => name.startsWith(places.interfacePrefix))
  for (const name of left) await deleteLink(null, name)
  const namespaces = listNamespaces(places.prefix)
  await Promise.all(namespaces.map(endProcessesIn))
  for (const name of namespaces) {
    await deleteNamespace(name)
    forgetNames(name)
  }
  removePlaces(places)
}

const endMs = 10_000
const stopBuildingMs = 90_000

/** Whoever still builds it takes down itself what it has begun. */
export async function stopBuilding({ builder }: LabState): Promise<void> {
  if (builder === null || !isBuilder(builder)) return
  process.kill(builder, 'SIGTERM')
  await until('the lab stops being built', stopBuildingMs, async () => !isBuilder(builder) || undefined)
}

function isBuilder(pid: number): boolean {
  return [...runningProcesses()].some(([line, id]) => id === pid && line.includes('\0lab\0'))
}

/** Nothing in them has anything to keep. */
async function endProcessesIn(namespace: string): Promise<void> {
  await until(`the processes in ${namespace} end`, endMs, async () => {
    if (!listNamespaces(namespace).includes(namespace)) return true
    const pids = (await run('ip', ['netns', 'pids', namespace])).split('\n').filter(Boolean)
    for (const pid of pids) {
      try {
        process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It ended meanwhile.
      }
    }
    return pids.length === 0 || undefined
  })
}

import { type Api, apiAt } from './api.ts'
import { routerDirectory, startCustomerRouter } from './customer-router.ts'
import { takeDown } from './down.ts'
import { hostsOf, untilReached } from './hosts.ts'
import { LabError } from './lab-error.ts'
import { checkNeeds } from './need.ts'
import { writeNames } from './reverse-names.ts'
import { downIn, see } from './seen.ts'
import { startServer } from './server.ts'
import { applySwitch } from './site.ts'
import { findState, type LabState, makeDirectory, placesOf, writeState } from './state.ts'
import type { Lab } from './topology.ts'
import { untilNothingIsWrong } from './until.ts'
import { openWorkshop } from './workshop.ts'

/** How long sessions may take, milliseconds. */
const sessionMs = 60_000

/** The router that the sites have. */
const routerType = 'FRRouting-Linux-FRR8'

/** Builds a lab. What was begun is taken down again when it fails, or when it is interrupted. */
export async function up(
  name: string,
  lab: Lab,
  directory: string,
  print: (line: string) => void,
  interrupted: AbortSignal,
): Promise<void> {
  checkNeeds()
  makeDirectory(directory)
  const places = placesOf(directory)
  const present = findState(places)
  if (present !== undefined)
    throw new LabError(
      `the lab '${present.name}' is in ${places.directory}; 'lab down' ends it, --directory takes another`,
    )

  const begunAt = Date.now()
  const steps = { last: 'nothing yet' }
  const say = (step: string): void => {
    interrupted.throwIfAborted()
    steps.last = step
    print(`${((Date.now() - begunAt) / 1_000).toFixed(1).padStart(5)} s  ${step}`)
  }
  const keep = {
    state: emptyState(name, begunAt),
    change(more: Partial<LabState>): void {
      keep.state = { ...keep.state, ...more }
      writeState(places, keep.state)
    },
  }
  try {
    keep.change({})
    const server = await startServer(places, lab.serverFlags)
    keep.change({ server })
    say(`a server of its own listens on ${server}`)
    const api = apiAt(server)
    await lab.build(openWorkshop(api, places, keep, say))
    for (const site of keep.state.sites) {
      const here = <T extends { readonly site: string }>(all: readonly T[]) =>
        all.filter((each) => each.site === site.name)
      const vifs = here(keep.state.virtualInterfaces)
      await applySwitch(places, site, here(keep.state.carriers), vifs)
      const texts = await Promise.all(vifs.map((vif) => configurationFor(api, vif)))
      await startCustomerRouter(site.router.namespace, routerDirectory(places.run, site.name), texts)
      say(`${site.router.name} runs FRR with the router configuration${texts.length === 1 ? '' : 's'} it was given`)
    }
    await untilNothingIsWrong('BGP is up', sessionMs, async () => {
      interrupted.throwIfAborted()
      return downIn(await see(api, keep.state))
    })
    say(`BGP is up: ${keep.state.virtualInterfaces.map(({ session }) => session).join(', ')}`)
    await writeNames(api, keep.state)
    await untilReached(keep.state, lab.reaches, interrupted, say)
    keep.change({ builder: null })
  } catch (error) {
    const why = interrupted.aborted ? 'it was interrupted' : error instanceof Error ? error.message : String(error)
    print(`The lab is taken down again; the last step that went well: ${steps.last}`)
    const left = await takeDown(places).then(
      () => '',
      (failure: Error) => `; it could not be taken down either (${failure.message}), 'lab down' tries again`,
    )
    throw new LabError(`the lab '${name}' could not be built: ${why}${left}`, { cause: error })
  }
}

function emptyState(name: string, begunAt: number): LabState {
  const nothing = { sites: [], vpcs: [], cables: [], carriers: [], hosted: [], virtualInterfaces: [], devices: [] }
  return { name, begunAt, builder: process.pid, server: null, ...nothing }
}

/** What a virtual interface's router is to be configured with; a passive one has the lines for that put to use. */
export async function configurationFor(
  api: Api,
  vif: Pick<LabState['virtualInterfaces'][number], 'id' | 'passive'>,
): Promise<string> {
  const order = { virtualInterfaceId: vif.id, routerTypeIdentifier: routerType }
  const { customerRouterConfig = '' } = await api.ask('DescribeRouterConfiguration', order)
  return vif.passive ? customerRouterConfig.replaceAll('!passive ', '') : customerRouterConfig
}

/** The lines that follow when a lab is up. */
export function whatNext(lab: Lab, state: LabState): readonly string[] {
  const hosts = hostsOf(state).map(({ name, address }) => `${name} (${address})`)
  return [
    lab.picture,
    '',
    'Expected:',
    ...lab.expected.map((sentence) => `- ${sentence}`),
    '',
    `Hosts: ${hosts.join(', ')}`,
    'Try:',
    ...lab.next.map((words) => `  crossconnect lab ${words}`),
    '  crossconnect lab down',
  ]
}

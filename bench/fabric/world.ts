import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Api, apiAt } from '../../src/lab/api.ts'
import { takeDown } from '../../src/lab/down.ts'
import { heal } from '../../src/lab/heal.ts'
import { LabError } from '../../src/lab/lab-error.ts'
import { type LabState, type Places, placesOf, readState, type SiteState } from '../../src/lab/state.ts'
import type { Lab } from '../../src/lab/topology.ts'
import { up } from '../../src/lab/up.ts'
import type { Work } from './figure.ts'

/** A lab of a figure's own: a server, customers' sites and cables. It is gone when the figure is. */
export interface World extends AsyncDisposable {
  readonly places: Places
  readonly state: LabState
  readonly api: Api
  site(name: string): SiteState
  /** Makes something fail as the operator API does, by its id. */
  fail(id: string): Promise<void>
  /** Ends whatever fails, and waits until everything is up again. */
  heal(): Promise<void>
}

export async function worldOf(lab: Pick<Lab, 'build' | 'reaches'>, { interrupted }: Work): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-bench-'))
  const silent = (): void => {}
  try {
    const whole: Lab = { summary: '', picture: '', expected: [], next: [], serverFlags: ['--quotas', 'none'], ...lab }
    await up('bench', whole, directory, silent, interrupted)
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    throw error
  }
  const places = placesOf(directory)
  const state = readState(places)
  const api = apiAt(state.server ?? '')
  return {
    places,
    state,
    api,
    site: (name) => {
      const site = state.sites.find((each) => each.name === name)
      if (site === undefined) throw new LabError(`there is no site '${name}'`)
      return site
    },
    fail: (target) => api.operator('POST', '/faults', { target, kind: 'down' }),
    heal: () => heal(state, lab.reaches, silent, interrupted),
    async [Symbol.asyncDispose]() {
      await takeDown(places)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

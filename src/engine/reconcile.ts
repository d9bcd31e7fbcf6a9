import type { FabricDriver } from '../fabric/fabric.ts'
import type { Log } from '../observe/log.ts'
import { desiredFabric } from '../product/desired/desired-fabric.ts'
import { save } from '../product/operation.ts'
import { changedSightings } from '../product/sightings/seen.ts'
import type { Snapshot } from '../product/snapshot.ts'
import type { Store } from '../store/store.ts'
import { type Clock, timeIn } from './clock.ts'
import type { Engine, EngineParts } from './perform.ts'
import { snapshotOf } from './snapshot.ts'

/**
 * Whatever moves by itself. It takes no input: each round reads the facts, works out what the fabric should look like,
 * lets the driver apply the difference, looks, and keeps what was seen. A round may run at any time and twice, and one
 * that fails is followed by another; so it does not matter which of many reasons woke it: a commit, something that the
 * fabric noticed, the next instant at which a fact comes true, or that a few seconds have gone by.
 */
export interface Reconciler {
  /** Something may have changed. */
  wake(): void
  /** Waits for the round that runs; none begins after it. */
  end(): Promise<void>
}

export interface ReconcilerParts extends Pick<EngineParts, 'fabric' | 'settings' | 'tokens'> {
  readonly store: Store
  readonly clock: Clock
  /** Who acts; null: another server does, for now. */
  readonly driver: () => Promise<FabricDriver | null>
  readonly log: Log
}

/** However quiet everything is, the fabric is compared with the facts as often as this, real milliseconds. */
const patience = 1_000

export function startReconciler(parts: ReconcilerParts): Reconciler {
  const { log } = parts
  const state = { woken: true, ended: false, rouse: () => {} }

  const wake = (): void => {
    state.woken = true
    state.rouse()
  }
  let listening: FabricDriver | null = null

  /** Whoever acts tells what it notices; after a change of turns it is another one. */
  async function actor(): Promise<FabricDriver | null> {
    const driver = await parts.driver()
    if (driver !== null && driver !== listening) driver.onChange(wake)
    listening = driver
    return driver
  }

  async function rounds(): Promise<void> {
    while (!state.ended) {
      state.woken = false
      let next = patience
      try {
        const driver = await actor()
        if (driver !== null) next = Math.min(next, await round(parts, driver))
      } catch (error) {
        log.error({ err: error }, 'the fabric could not be brought up to date; it is tried again')
      }
      if (!state.woken && !state.ended) await sleep(next)
    }
  }

  function sleep(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, milliseconds)
    state.rouse = () => {
      clearTimeout(timer)
      resolve()
    }
    return promise
  }

  const running = rounds()
  return {
    wake,
    async end() {
      state.ended = true
      state.rouse()
      await running
    },
  }
}

/** Returns after how many real milliseconds the facts themselves will say something else. */
async function round(parts: ReconcilerParts, driver: FabricDriver): Promise<number> {
  const { store, clock } = parts
  const { desired, changesAt } = await store.read(async (reading) =>
    desiredFabric(snapshotOf(reading, await timeIn(reading, clock), nobody, parts)),
  )
  await driver.apply(desired)
  const seen = await driver.look()
  const { now, known } = await store.read(async (reading) => {
    const now = await timeIn(reading, clock)
    return { now, known: await reading.at(now).list('sighting', 'all', '*') }
  })
  const changed = changedSightings(seen, new Map(known.map((row) => [row.id, row])), now)
  const changes = changed.map((sighting) => save('sighting', sighting))
  if (changes.length > 0) await store.write((writing) => writing.save(changes, now))
  return changesAt === null ? Number.POSITIVE_INFINITY : Math.max(0, changesAt - clock.now())
}

/** An engine that wakes the reconciler after each request that may have changed something. */
export function waking(engine: Engine, wake: () => void): Engine {
  return {
    async perform(task, input, by) {
      try {
        return await engine.perform(task, input, by)
      } finally {
        if (task.writes) wake()
      }
    },
  }
}

const nobody: Snapshot['caller'] = { accountId: '', region: '' }

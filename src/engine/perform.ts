import { setTimeout as delay } from 'node:timers/promises'
import type { Fabric } from '../fabric/fabric.ts'
import { auditRecord, type Requester } from '../observe/audit.ts'
import type { Log } from '../observe/log.ts'
import { Fault } from '../product/fault.ts'
import type { Decision, Documents } from '../product/operation.ts'
import type { Settings } from '../product/settings.ts'
import type { Snapshot, Tokens } from '../product/snapshot.ts'
import { ClaimTaken, IdTaken, NotDurable, type Store, type Writing } from '../store/store.ts'
import { type Clock, timeIn } from './clock.ts'
import { drawnUuid } from './drawn-bytes.ts'
import { snapshotOf } from './snapshot.ts'
import type { Task } from './task.ts'

/**
 * One request is one transaction: decide on a snapshot, save the changes and the audit record, show the snapshot after
 * them. A request that fails leaves nothing but its audit record.
 */
export interface Engine {
  /** Rejects with a `Fault`, and with nothing else. */
  perform<In, Out>(task: Task<In, Out>, input: In, requester: Requester): Promise<Out>
}

export interface EngineParts {
  readonly store: Store
  readonly fabric: Fabric
  readonly clock: Clock
  readonly settings: Settings
  readonly tokens: Tokens
  readonly documents: Documents
  readonly log: Log
  readonly audit: 'writes' | 'reads'
}

/** How often a decision is taken again because another request was faster, or an id was drawn that exists. */
const attempts = 5

export function createEngine(parts: EngineParts): Engine {
  const { store, clock, log } = parts
  let audited = 0

  async function decideAndSave<In, Out>(writing: Writing, now: number, task: Task<In, Out>, input: In, by: Requester) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await writing.attempt(async () => {
          const decision = await task.decide(snapshotOf(writing, now, by, parts), input)
          await writing.save(decision.changes, now)
          return { decision, shown: await decision.show(snapshotOf(writing, now, by, parts)) }
        })
      } catch (error) {
        if (!(error instanceof IdTaken || error instanceof ClaimTaken) || attempt === attempts) throw error
      }
    }
  }

  async function write<In, Out>(task: Task<In, Out>, input: In, by: Requester): Promise<Outcome<Out>> {
    const settled = await store.write(async (writing) => {
      const now = await timeIn(writing, clock)
      const outcome: Outcome<Out> = await decideAndSave(writing, now, task, input, by).catch((error: unknown) => {
        if (error instanceof NotDurable) throw error
        return { fault: faultOf(error, task, by) }
      })
      await audit(writing, now, task, input, by, outcome)
      return outcome
    })
    if (parts.settings.timing.settles > 0) await delay(parts.settings.timing.settles)
    return settled
  }

  async function read<In, Out>(task: Task<In, Out>, input: In, by: Requester): Promise<Outcome<Out>> {
    const { now, outcome } = await store.read(async (reading) => {
      const now = await timeIn(reading, clock)
      return { now, outcome: await decideAndShow(snapshotOf(reading, now, by, parts), task, input, by) }
    })
    if (parts.audit === 'reads') await store.write((writing) => audit(writing, now, task, input, by, outcome))
    return outcome
  }

  async function decideAndShow<In, Out>(
    snapshot: Snapshot,
    task: Task<In, Out>,
    input: In,
    by: Requester,
  ): Promise<Outcome<Out>> {
    try {
      const decision = await task.decide(snapshot, input)
      return { decision, shown: await decision.show(snapshot) }
    } catch (error) {
      return { fault: faultOf(error, task, by) }
    }
  }

  async function audit<In, Out>(
    writing: Writing,
    at: number,
    task: Task<In, Out>,
    input: In,
    by: Requester,
    outcome: Outcome<Out>,
  ): Promise<void> {
    const eventId = drawnUuid()
    const record = auditRecord(by, {
      eventId,
      eventName: task.name,
      eventSource: task.eventSource ?? 'directconnect.amazonaws.com',
      at,
      readOnly: !task.writes,
      requestParameters: task.redactInput(input),
      responseElements: 'fault' in outcome ? null : task.redactOutput(outcome.shown),
      fault: 'fault' in outcome ? outcome.fault : undefined,
    })
    // Ids in the order of events, since many may share a millisecond.
    const id = `${String(++audited).padStart(12, '0')} ${eventId}`
    await writing.audit({ id, at, accountId: by.accountId, eventName: task.name, record })
  }

  /** Whatever is not a refusal is a defect: the caller learns that it was ours, the operator's log learns what. */
  function faultOf<In, Out>(error: unknown, task: Task<In, Out>, by: Requester): Fault {
    if (error instanceof Fault) {
      if (error.detail !== undefined) log.warn({ operation: task.name, requestId: by.requestId }, error.detail)
      return error
    }
    const notStored = error instanceof NotDurable
    const what = notStored ? 'a request could not be stored' : 'a request failed by our own fault'
    log.error({ err: error, operation: task.name, requestId: by.requestId }, what)
    // Whether it was kept a database may not have been able to say before it was lost.
    const told = notStored ? 'The request could not be stored. Try again later.' : 'Unable to process request'
    return new Fault('DirectConnectServerException', told, undefined, notStored ? 'unavailable' : 'invalid')
  }

  return {
    async perform(task, input, by) {
      const outcome = await (task.writes ? write(task, input, by) : read(task, input, by)).catch((error: unknown) => ({
        fault: faultOf(error, task, by),
      }))
      if ('fault' in outcome) throw outcome.fault
      const { decision, shown } = outcome
      if (decision.notice !== undefined) log.info({ operation: task.name, requestId: by.requestId }, decision.notice)
      if (decision.finish === undefined) return shown
      try {
        return await decision.finish(shown, parts.documents)
      } catch (error) {
        throw faultOf(error, task, by)
      }
    },
  }
}

interface Decided<Out> {
  readonly decision: Decision<Out>
  readonly shown: Out
}

type Outcome<Out> = Decided<Out> | { readonly fault: Fault }

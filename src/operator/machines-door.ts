import { setImmediate as turn } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { drawnUuid } from '../engine/drawn-bytes.ts'
import type { Engine } from '../engine/perform.ts'
import type { Task } from '../engine/task.ts'
import type { Requester } from '../observe/audit.ts'
import type { Log } from '../observe/log.ts'
import type { Metrics, ResourceCount } from '../observe/metrics.ts'
import type { FabricCount, TrafficCount } from '../observe/traffic-instruments.ts'
import { countObserved, type ObservedCounts } from '../product/count-observed.ts'
import { countResources } from '../product/count-resources.ts'
import type { Pause } from '../product/paging.ts'
import { bearerOf } from './bearer.ts'

export interface MachinesDoor {
  readonly engine: Engine
  readonly metrics: Metrics
  readonly log: Log
  /** Reads something small; rejects when nothing can be read. */
  readonly probe: () => Promise<unknown>
  /** What the fabric has counted; null: it carries no packets. */
  readonly traffic: (() => readonly TrafficCount[]) | null
  /** What `/metrics` asks for; null: nothing, since nobody else can come here. */
  readonly token: string | null
}

const countTask: Task<{ readonly pause: Pause }, readonly ResourceCount[]> = {
  name: 'CountResources',
  writes: false,
  decide: countResources,
  redactInput: () => null,
  redactOutput: () => null,
}

const observedTask: Task<{ readonly pause: Pause }, ObservedCounts> = {
  name: 'CountObserved',
  writes: false,
  decide: countObserved,
  redactInput: () => null,
  redactOutput: () => null,
}

interface Counted {
  readonly resources: readonly ResourceCount[]
  readonly fabric: FabricCount | null
}

/** Whatever else has arrived is answered first. */
const pause: Pause = () => turn()

/** The machines' door: whether the server works, and how much. */
export function machinesDoor({ engine, metrics, log, probe, traffic, token }: MachinesDoor) {
  return async (server: FastifyInstance): Promise<void> => {
    server.get('/healthz', async (_request, reply) => {
      try {
        await probe()
        return { status: 'ok' }
      } catch (error) {
        log.error({ err: error }, 'the store cannot be read')
        return reply.status(503).send({ status: 'unavailable' })
      }
    })
    // Who asks while it is being counted gets the same count: it may take longer than the next one waits to ask.
    let counting: Promise<Counted> | undefined
    const count = async (by: Requester): Promise<Counted> => {
      const resources = await engine.perform(countTask, { pause }, by)
      if (traffic === null) return { resources, fabric: null }
      return { resources, fabric: { ...(await engine.perform(observedTask, { pause }, by)), traffic: traffic() } }
    }
    const admitted = token === null ? () => true : bearerOf(token)
    server.get('/metrics', async (request, reply) => {
      if (!admitted(request)) return reply.status(401).header('www-authenticate', 'Bearer realm="operator"').send()
      counting ??= count(machine(request.ip)).finally(() => (counting = undefined))
      const { resources, fabric } = await counting
      const { contentType, text } = await metrics.exposition(resources, fabric)
      return reply.type(contentType).send(text)
    })
  }
}

function machine(sourceIPAddress: string): Requester {
  const nobody = { accountId: '', principalArn: '', accessKeyId: '', region: '', userAgent: '' }
  return { ...nobody, sourceIPAddress, requestId: drawnUuid() }
}

import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Engine } from '../engine/perform.ts'
import type { Task } from '../engine/task.ts'
import type { Log } from '../observe/log.ts'
import type { Metrics, ResourceCount } from '../observe/metrics.ts'
import type { TrafficCount } from '../observe/traffic-instruments.ts'
import { countObserved, type ObservedCounts } from '../product/count-observed.ts'
import { countResources } from '../product/count-resources.ts'
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

const countTask: Task<object, readonly ResourceCount[]> = {
  name: 'CountResources',
  writes: false,
  decide: countResources,
  redactInput: () => null,
  redactOutput: () => null,
}

const observedTask: Task<object, ObservedCounts> = {
  name: 'CountObserved',
  writes: false,
  decide: countObserved,
  redactInput: () => null,
  redactOutput: () => null,
}

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
    const admitted = token === null ? () => true : bearerOf(token)
    server.get('/metrics', async (request, reply) => {
      if (!admitted(request)) return reply.status(401).header('www-authenticate', 'Bearer realm="operator"').send()
      const resources = await engine.perform(countTask, {}, machine(request.ip))
      const fabric =
        traffic === null
          ? null
          : { ...(await engine.perform(observedTask, {}, machine(request.ip))), traffic: traffic() }
      const { contentType, text } = await metrics.exposition(resources, fabric)
      return reply.type(contentType).send(text)
    })
  }
}

function machine(sourceIPAddress: string) {
  const nobody = { accountId: '', principalArn: '', accessKeyId: '', region: '', userAgent: '' }
  return { ...nobody, sourceIPAddress, requestId: randomUUID() }
}

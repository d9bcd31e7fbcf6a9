import type { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FabricCount } from './traffic-instruments.ts'

/** What Prometheus can be told. Counting is cheap from the start; the library behind it is loaded when somebody asks. */
export interface Metrics {
  /** One operation was decided. `code` is `OK`, or the error's. */
  performed(operation: string, code: string, seconds: number): void
  /** One request was answered, at whichever door. */
  answered(door: string, status: number): void
  /** Everything, with how many resources of each kind there are in each state and what the fabric has counted, if it carries packets. */
  exposition(
    resources: readonly ResourceCount[],
    fabric: FabricCount | null,
  ): Promise<{ readonly contentType: string; readonly text: string }>
}

export interface ResourceCount {
  /** Such as `connection`. */
  readonly kind: string
  readonly state: string
  readonly count: number
}

interface Instruments {
  readonly registry: Registry
  readonly operations: Histogram<'operation' | 'code'>
  readonly requests: Counter<'door' | 'status'>
  readonly resources: Gauge<'kind' | 'state'>
  readonly showFabric: (count: FabricCount) => void
}

/** So many things are remembered until the library has to be there. */
const longestWait = 1_000

export function createMetrics(): Metrics {
  const waiting: ((to: Instruments) => void)[] = []
  let loading: Promise<Instruments> | undefined
  let loaded: Instruments | undefined

  const load = (): Promise<Instruments> => {
    loading ??= instruments().then((made) => {
      for (const tell of waiting.splice(0)) tell(made)
      loaded = made
      return made
    })
    return loading
  }
  const record = (tell: (to: Instruments) => void): void => {
    if (loaded !== undefined) return tell(loaded)
    waiting.push(tell)
    if (waiting.length === longestWait) void load()
  }

  return {
    performed(operation, code, seconds) {
      record(({ operations }) => operations.observe({ operation, code }, seconds))
    },
    answered(door, status) {
      record(({ requests }) => requests.inc({ door, status }))
    },
    async exposition(counts, fabric) {
      const { registry, resources, showFabric } = await load()
      resources.reset()
      for (const { kind, state, count } of counts) resources.set({ kind, state }, count)
      if (fabric !== null) showFabric(fabric)
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

async function instruments(): Promise<Instruments> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client')
  const { trafficInstruments } = await import('./traffic-instruments.ts')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    operations: new Histogram({
      name: 'crossconnect_operation_duration_seconds',
      help: 'How long operations took, by operation and by error code (OK: none); its count is how many there were',
      labelNames: ['operation', 'code'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    requests: new Counter({
      name: 'crossconnect_http_requests_total',
      help: 'Requests by door and by HTTP status, those among them that came to no operation',
      labelNames: ['door', 'status'],
      registers,
    }),
    showFabric: trafficInstruments(registry),
    resources: new Gauge({
      name: 'crossconnect_resources',
      help: 'Resources of all accounts that have not ended, by kind and state',
      labelNames: ['kind', 'state'],
      registers,
    }),
  }
}

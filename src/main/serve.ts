import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createClock } from '../engine/clock.ts'
import { drawnBytes } from '../engine/drawn-bytes.ts'
import { followClock, reset, start } from '../engine/first-start.ts'
import { measured } from '../engine/measured.ts'
import { createEngine, type EngineParts } from '../engine/perform.ts'
import { startReconciler, waking } from '../engine/reconcile.ts'
import { simulated } from '../fabric/simulated/simulated.ts'
import { developmentKeys, firstOf } from '../identity/access-keys.ts'
import { sessionKeys } from '../identity/session-keys.ts'
import { storedKeys } from '../identity/stored-keys.ts'
import { createLog } from '../observe/log.ts'
import { createMetrics } from '../observe/metrics.ts'
import { operatorDoor } from '../operator/door.ts'
import { machinesDoor } from '../operator/machines-door.ts'
import { timings } from '../product/settings.ts'
import { createVault, keyOf, readKeyFile } from '../store/vault.ts'
import { customersDoor } from '../wire/customers.ts'
import { lettersDoor } from '../wire/letters/door.ts'
import { isLoopback } from '../wire/loopback.ts'
import { createServer, usualTimes } from '../wire/server.ts'
import { createThrottle } from '../wire/throttle.ts'
import { driveFabric } from './drive-fabric.ts'
import { holdDirectory } from './hold-directory.ts'
import { mostConnections } from './most-connections.ts'
import { type OpenedStore, openStore } from './open-store.ts'
import { operatorToken } from './operator-token.ts'
import { type Options, UsageError } from './options.ts'
import type { SeedEnvironment } from './seeds.ts'

/** Chooses the parts, joins them, listens, and ends in good order. Nowhere else is a concrete part named. */
export async function serve(options: Options): Promise<Serving> {
  await using held = new AsyncDisposableStack()
  held.defer(await usable(options.data, () => holdDirectory(options.data)))
  const vault = createVault(await sealingKey(options), drawnBytes)
  const log = createLog(options.logLevel)
  const clock = createClock(Date.now)
  const opened = await usable(options.data, () => openStore(options, vault))
  const { store, onCommit } = opened
  held.defer(() => store.close())
  await usable(options.data, () => start(store, clock, options.developmentCredentials))
  onCommit(() => void followClock(store, clock).catch((error: unknown) => log.warn({ err: error }, clockUnread)))

  const metrics = createMetrics()
  // A free port is known only once somebody listens on it.
  let publicUrl = options.publicUrl ?? ''
  const driving = options.fabric === 'linux' ? await driveFabric(options, opened, log) : null
  const parts: EngineParts = {
    store,
    fabric: driving === null ? simulated : (await import('../fabric/linux/observed.ts')).linux,
    clock,
    settings: {
      timing: timings[options.timing],
      provisioning: options.provisioning,
      quotas: options.quotas,
      ipv6Block: options.ipv6Block,
      anyAccount: options.developmentCredentials,
      externalGateways: options.externalGateways,
      get publicUrl() {
        return publicUrl
      },
    },
    tokens: { seal: vault.sign, open: vault.verify },
    documents: {
      letter: async (letter, issuer) => (await import('../documents/letter-pdf.ts')).renderLetter(letter, issuer),
    },
    log,
    audit: options.audit,
  }
  const reconciler = driving === null ? null : startReconciler({ ...parts, driver: driving.driver })
  if (reconciler !== null && driving !== null) {
    onCommit(reconciler.wake)
    held.defer(async () => {
      await reconciler.end()
      await driving.end()
    })
  }
  const deciding = createEngine(parts)
  const engine = measured(reconciler === null ? deciding : waking(deciding, reconciler.wake), metrics)
  const environment = await seeded(options, parts, opened)

  const stored = storedKeys((id) => store.read((reading) => reading.at(clock.now()).get('access-key', id)))
  const sessions = sessionKeys((id) => store.read((reading) => reading.at(clock.now()).get('session', id)))
  const keys = firstOf(...(options.developmentCredentials ? [developmentKeys()] : []), stored, sessions)
  const admit = Number.isFinite(options.throttle) ? createThrottle(options.throttle, Date.now) : () => true

  const server = createServer({
    developmentCredentials: options.developmentCredentials,
    log,
    limits: { ...usualTimes, connections: mostConnections() },
  })
  server.addHook('onResponse', ({ url }, reply, done) => {
    metrics.answered(doorOf(url), reply.statusCode)
    done()
  })
  await server.register(async (door) => customersDoor({ engine, keys, log, admit })(door))
  await server.register(lettersDoor(engine))
  const operator = await tokenOf(options)
  await server.register(
    operatorDoor({
      engine,
      token: operator.token,
      log,
      development: options.developmentCredentials,
      reset: () => reset(store, clock, options.developmentCredentials),
      auditTrail: (filter) => store.read((reading) => reading.auditTrail(filter)),
      tokens: { seal: vault.sign, open: vault.verify },
    }),
    { prefix: '/operator' },
  )
  await server.register(
    machinesDoor({
      engine,
      metrics,
      log,
      probe: () => store.read((reading) => reading.at(clock.now()).get('installation', 'installation')),
      traffic: driving === null ? null : () => driving.present()?.count() ?? [],
      token: options.developmentCredentials ? null : operator.token,
    }),
  )

  held.defer(() => closeWithin(patience, server))
  const address = await listen(server, options)
  const url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  publicUrl = options.publicUrl ?? reachableUrl(address)
  const all = held.move()
  return {
    url,
    operatorToken: operator.whereabouts,
    environment,
    end: () => all.disposeAsync(),
  }
}

/** Of servers that share a store one after the other makes what is not there yet. */
async function seeded(
  options: Options,
  parts: EngineParts,
  { lease: leaseOf }: Pick<OpenedStore, 'lease'>,
): Promise<SeedEnvironment> {
  if (options.seed === null) return []
  const { plant } = await import('./seeds/plant.ts')
  const lease = leaseOf(`crossconnect seed ${options.seed}`)
  try {
    while (!(await lease.held())) await delay(turnMs)
    return await plant(options.seed, parts, options)
  } finally {
    await lease.end()
  }
}

/** How often a server asks whether the one before it is done, real milliseconds. */
const turnMs = 100

function doorOf(url: string): string {
  if (url === '/') return 'customers'
  if (/^\/operator\b/.test(url)) return 'operator'
  if (/^\/loa\b/.test(url)) return 'letters'
  return /^\/(healthz|metrics)\b/.test(url) ? 'machines' : 'customers'
}

/** Where others may find a server that nobody has given an address: at that of its machine if it listens on all of them. */
function reachableUrl({ address, family, port }: AddressInfo): string {
  const host = /^(0\.0\.0\.0|::)$/.test(address) ? hostname() : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}

/** A server that answers. */
export interface Serving {
  readonly url: string
  /** The operator token if everybody knows it, else where it is. */
  readonly operatorToken: string
  /** What clients have to know of the prepared world; empty without one. */
  readonly environment: SeedEnvironment
  /** Answers what is in flight, then gives everything back. */
  readonly end: () => Promise<void>
}

/** How long a client that is being answered may take, real milliseconds. */
const patience = 10_000

async function closeWithin(milliseconds: number, server: Server): Promise<void> {
  const impatience = setTimeout(() => server.server.closeAllConnections(), milliseconds)
  await server.close()
  clearTimeout(impatience)
}

/** Servers that share a database share a key: then it comes in the environment, and no file is made for it. */
function sealingKey({ data, secretKey }: Options): Promise<Uint8Array> {
  return usable(data, () => (secretKey === undefined ? readKeyFile(join(data, 'secret.key')) : keyOf(secretKey)))
}
const tokenOf = (options: Options) => usable(options.data, () => operatorToken(options))
const clockUnread = 'another server may have moved the clock, and the store cannot be read'

/** What goes wrong while a data directory is opened is a matter between it and its owner. */
async function usable<T>(data: string, open: () => T | Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof UsageError) throw error
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new UsageError(`--data ${data}: ${cause instanceof Error ? cause.message : 'it cannot be used'}`)
  }
}

type Server = ReturnType<typeof createServer>

async function listen(server: Server, { host, port, developmentCredentials }: Options): Promise<AddressInfo> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    throw new UsageError(whyNot(error, host, port))
  }
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  // What a name says of itself is one thing, where it leads on this machine another.
  if (developmentCredentials && !isLoopback(address.address))
    throw new UsageError(`--host ${host}: it is ${address.address} and not loopback; use --no-development-credentials`)
  return address
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `--port ${port}: another program listens on it`
  if (code === 'EACCES') return `--port ${port}: this user may not listen on it`
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL' || code === 'EAI_AGAIN')
    return `--host ${host}: it is not an address of this machine`
  return `--host ${host} --port ${port}: ${error instanceof Error ? error.message : 'it cannot be listened on'}`
}

import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createClock } from '../engine/clock.ts'
import { start } from '../engine/first-start.ts'
import { createEngine } from '../engine/perform.ts'
import { simulated } from '../fabric/simulated/simulated.ts'
import { developmentKeys, firstOf } from '../identity/access-keys.ts'
import { storedKeys } from '../identity/stored-keys.ts'
import { createLog } from '../observe/log.ts'
import { timings } from '../product/settings.ts'
import { openSqlite } from '../store/sqlite.ts'
import { createVault, readKeyFile } from '../store/vault.ts'
import { customersDoor } from '../wire/customers.ts'
import { createServer } from '../wire/server.ts'
import { createThrottle } from '../wire/throttle.ts'
import { holdDirectory } from './hold-directory.ts'
import { type Options, UsageError } from './options.ts'

/** Chooses the parts, joins them, listens, and ends in good order. Nowhere else is a concrete part named. */
export async function serve(options: Options): Promise<Serving> {
  const release = holdDirectory(options.data)
  const vault = createVault(keyOf(options))
  const store = await openStore(options, vault)
  const log = createLog(options.logLevel)
  const clock = createClock(Date.now)
  await start(store, clock, options.developmentCredentials)

  const engine = createEngine({
    store,
    fabric: simulated,
    clock,
    settings: {
      timing: timings[options.timing],
      provisioning: options.provisioning,
      quotas: options.quotas,
      ipv6Block: options.ipv6Block,
      anyAccount: options.developmentCredentials,
    },
    tokens: { seal: vault.sign, open: vault.verify },
    documents: {
      letter: async (letter) => (await import('../documents/letter-pdf.ts')).renderLetter(letter),
    },
    log,
    audit: options.audit,
  })

  const stored = storedKeys((id) => store.read((reading) => reading.at(clock.now()).get('access-key', id)))
  const keys = options.developmentCredentials ? firstOf(stored, developmentKeys()) : stored
  const admit = Number.isFinite(options.throttle) ? createThrottle(options.throttle, Date.now) : () => true

  const server = createServer({ loopback: options.developmentCredentials })
  await server.register(async (door) => customersDoor({ engine, keys, log, admit })(door))
  server.get('/healthz', async () => ({ status: 'ok' }))

  const address = await listen(server, options)
  const url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  return {
    url,
    async end() {
      await server.close()
      await store.close()
      release()
    },
  }
}

/** A server that answers. */
export interface Serving {
  readonly url: string
  /** Answers what is in flight, then gives everything back. */
  readonly end: () => Promise<void>
}

function keyOf({ data }: Options): Uint8Array {
  try {
    return readKeyFile(join(data, 'secret.key'))
  } catch (error) {
    throw unusable(data, error)
  }
}

async function openStore({ data }: Options, vault: ReturnType<typeof createVault>) {
  try {
    return await openSqlite(data, vault)
  } catch (error) {
    throw unusable(data, error)
  }
}

async function listen(server: ReturnType<typeof createServer>, { host, port }: Options): Promise<AddressInfo> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    throw new UsageError(`--port ${port}: ${error instanceof Error ? error.message : 'it cannot be listened on'}`)
  }
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address
}

function unusable(data: string, error: unknown): UsageError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return new UsageError(`--data ${data}: ${cause instanceof Error ? cause.message : 'it cannot be used'}`)
}

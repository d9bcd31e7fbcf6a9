import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DirectConnectClient } from '@aws-sdk/client-direct-connect'
import { type Options, parseOptions } from '../../src/main/options.ts'
import { serve } from '../../src/main/serve.ts'
import { postgresCluster } from './postgres.ts'

/** A server of a test's own: in this process, on a free port, with a data directory that goes when it does. */
export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly data: string
  /** The official SDK, signed with the development credentials: `test`, `partner`, or an account of twelve digits. */
  client(accessKeyId?: string, region?: string): DirectConnectClient
  /** A call of the operator API, such as `operator('POST', '/clock', { advanceSeconds: 5 })`. Throws what is not 2xx. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers whose types they state themselves
  operator(method: string, path: string, body?: object): Promise<any>
  /** Moves the product's clock. */
  advance(seconds: number): Promise<void>
  /** Ends it and starts it again on the same data; every client made before still works. */
  restart(): Promise<void>
}

let databases = 0

/** The stories run on each store; `npm test` says in the environment on which. */
async function databaseOfItsOwn(): Promise<string | null> {
  if (process.env['CROSSCONNECT_TEST_STORE'] !== 'postgres') return null
  return (await postgresCluster()).database(`server_${++databases}`)
}

/** `settings` are flags without their dashes, such as `{ timing: 'instant' }`. */
export async function startServer(settings: Partial<Options> = {}): Promise<TestServer> {
  const data = mkdtempSync(join(tmpdir(), 'crossconnect-'))
  const defaults = parseOptions(['--port', '0', '--data', data, '--log-level', 'silent'], {})
  if (defaults === 'help') throw new Error('flags, not help')
  const options: Options = { ...defaults, database: await databaseOfItsOwn(), ...settings }
  let serving = await serve(options)
  const { url } = serving
  const clients: DirectConnectClient[] = []

  const operator = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/operator/v1${path}`, {
      method,
      headers: {
        authorization: 'Bearer test',
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    url,
    data,
    operator,
    client(accessKeyId = 'test', region = 'us-east-1') {
      const client = new DirectConnectClient({
        endpoint: url,
        region,
        credentials: { accessKeyId, secretAccessKey: 'test' },
        maxAttempts: 1,
        // A server that restarts closes what it kept alive.
        requestHandler: { httpAgent: { keepAlive: false } },
      })
      clients.push(client)
      return client
    },
    async advance(seconds) {
      await operator('POST', '/clock', { advanceSeconds: seconds })
    },
    async restart() {
      await serving.end()
      serving = await serve({ ...options, port: Number(new URL(url).port) })
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy()
      await serving.end()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

// A server with the linux fabric in a process of its own: what outlives it, and how it is spoken with.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DirectConnectClient } from '@aws-sdk/client-direct-connect'
import { type Names, namesFor } from '../../src/fabric/linux/names.ts'
import { deleteNamespace, listNamespaces } from '../../src/linux/namespaces.ts'
import type { Running } from './process.ts'

export const account = '111122223333'

export function clientOf({ url }: Running, region = 'us-east-1'): DirectConnectClient {
  const credentials = { accessKeyId: account, secretAccessKey: 'test' }
  // A server that is killed closes what was kept alive.
  const requestHandler = { httpAgent: { keepAlive: false } }
  return new DirectConnectClient({ endpoint: url, region, credentials, requestHandler })
}

export async function operator(url: string, method: string, path: string) {
  const headers = { authorization: 'Bearer test', connection: 'close' }
  const response = await fetch(`${url}/operator/v1${path}`, { method, headers })
  return JSON.parse(await response.text())
}

/** What the fabric of a server with that data directory names things, also before there is one. */
export function fabricNames(data: string): Names {
  const directory = join(data, 'fabric')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return namesFor(directory)
}

/** When a test fails in the middle, nothing of it stays either: to be called when its server has ended. */
export async function sweep(prefix: string): Promise<void> {
  for (const namespace of listNamespaces(prefix)) await deleteNamespace(namespace)
  for (const name of routersOf(prefix)) rmSync(join(runDirectory, name), { recursive: true, force: true })
}

export const runDirectory = '/run/crossconnect'

export function routersOf(prefix: string): readonly string[] {
  return existsSync(runDirectory) ? readdirSync(runDirectory).filter((name) => name.startsWith(prefix)) : []
}

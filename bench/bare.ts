import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { node } from '../test/start/process.ts'

export interface Bare extends Disposable {
  readonly url: string
  readonly pid: number
}

/** A bare `node:http` server, in a process of its own, that answers every request with these bytes. */
export async function bareServer(answer: string): Promise<Bare> {
  const program = fileURLToPath(new URL('bare-server.ts', import.meta.url))
  const child = spawn(node, [program, Buffer.from(answer).toString('base64')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = await once(child.stdout, 'data')
  return { url: String(url).trim(), pid: child.pid ?? 0, [Symbol.dispose]: () => void child.kill() }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { environmentOf } from './command.ts'
import { ipBatch, type Link, readLinks } from './links.ts'

/** An interface as the kernel tells of it when it changes. */
export type WatchedLink = Pick<Link, 'name' | 'index' | 'up' | 'carrier'>

export interface LinkWatch {
  /** The interfaces of the namespace by name, as they are now. */
  links(): ReadonlyMap<string, WatchedLink>
  /** Is called after each change. */
  onChange(listener: () => void): void
  end(): void
}

/** How long a watcher that ended is left alone, real milliseconds. */
const restMs = 200

/** Follows the interfaces of a namespace as the kernel tells of them: the loss of a carrier is known within milliseconds. */
export async function watchLinks(namespace: string): Promise<LinkWatch> {
  const links = new Map<string, WatchedLink>()
  const listeners: (() => void)[] = []
  const state: { child: ChildProcess; heard: boolean; over: boolean } = { child: follow(), heard: false, over: false }
  await readAll()

  function follow(): ChildProcess {
    // It reads nothing, so it would not notice our end until it has something to say: the kernel sees to that.
    const args = ['--pdeathsig', 'KILL', 'ip', '-n', namespace, '-o', 'monitor', 'link']
    const child = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'ignore'], env: environmentOf() })
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', learn)
    child.on('error', () => {}).on('close', () => setTimeout(again, restMs).unref())
    child.unref()
    return child
  }
  function again(): void {
    if (state.over) return
    state.heard = false
    state.child = follow()
    readAll().catch(() => state.child.kill())
  }
  function learn(line: string): void {
    const told = /^(Deleted )?(\d+): ([^:@]+)(?:@\S+)?: <([^>]*)>/.exec(line)
    if (told === null) return
    state.heard = true
    const [, deleted, index, name = '', flags = ''] = told
    if (deleted === undefined) links.set(name, linkOf(name, Number(index), flags.split(',')))
    else links.delete(name)
    for (const listener of listeners) listener()
  }
  /** Reads when the watcher is known to listen, so that nothing happens between the two. */
  async function readAll(): Promise<void> {
    while (!state.heard && !state.over) {
      await ipBatch(namespace, ['link set lo alias watched'])
      await delay(5)
    }
    const read = await readLinks(namespace)
    links.clear()
    for (const [name, { index, up, carrier }] of read) links.set(name, { name, index, up, carrier })
    for (const listener of listeners) listener()
  }

  return {
    links: () => links,
    onChange(listener) {
      listeners.push(listener)
    },
    end() {
      state.over = true
      state.child.kill()
    },
  }
}

function linkOf(name: string, index: number, flags: readonly string[]): WatchedLink {
  return { name, index, up: flags.includes('UP'), carrier: flags.includes('LOWER_UP') }
}

import { closeSync, fdatasync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** Copies the log of a SQLite file into it beside all else: to wait for a disk is not to answer anybody. */
export interface LogEmptier {
  /** Whether what was in the log when this was first asked is in the file. If nobody is at it, it is begun. */
  hasEmptied(): boolean
  end(): Promise<void>
  /** Once no connection is open: to close a file is to give up all locks that the process has of it. */
  [Symbol.dispose](): void
}

export function createLogEmptier(path: string): LogEmptier {
  const file = openSync(path, 'r')
  let worker: Worker | undefined
  let state: 'resting' | 'emptying' | 'emptied' = 'resting'
  const start = (): Worker => {
    const started = new Worker(fileURLToPath(import.meta.url), { workerData: { logOf: path } })
    const settled = () => (state = 'emptied')
    // SQLite leaves that to whoever copies the last of the log, who then would wait for all of it.
    started.on('message', () => fdatasync(file, settled))
    // Where there can be no other thread, who asks does it all himself.
    started.on('error', settled)
    started.on('exit', () => (worker = undefined))
    started.unref()
    return started
  }
  return {
    hasEmptied() {
      if (state === 'emptied') {
        state = 'resting'
        return true
      }
      if (state === 'resting') {
        state = 'emptying'
        worker ??= start()
        worker.postMessage('empty')
      }
      return false
    },
    async end() {
      if (worker === undefined) return
      const { promise: ended, resolve } = Promise.withResolvers<number>()
      worker.once('exit', resolve)
      worker.ref()
      worker.postMessage('end')
      await ended
    },
    [Symbol.dispose]: () => closeSync(file),
  }
}

/** The other thread, in which this file is begun anew. It is started when a log is first long, since it takes memory. */
function emptyWhenAsked(path: string): void {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  database.exec('PRAGMA synchronous = NORMAL')
  parentPort?.on('message', (wish: 'empty' | 'end') => {
    if (wish === 'end') {
      database.close()
      parentPort?.close()
    } else {
      try {
        database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get()
      } catch {
        // Such as a full disk. What is still in the log stays there, and is tried again.
      }
      parentPort?.postMessage('emptied')
    }
  })
}

if (!isMainThread && typeof workerData?.logOf === 'string') emptyWhenAsked(workerData.logOf)

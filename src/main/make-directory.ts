import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from './options.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'nothing can be made there',
  EEXIST: 'it is not a directory',
  ENOTDIR: 'what it lies in is not a directory',
  EACCES: 'this user may not make it, or not write in it',
  EPERM: 'this user may not make it, or not write in it',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
}

/**
 * Makes a data directory, for its owner alone, unless it exists. Answers the folder in it that is for compiled code.
 * Throws UsageError.
 */
export function makeDirectory(path: string): string {
  try {
    makeWithParents(path)
    const forCode = join(path, 'compile-cache')
    makeWithParents(forCode)
    accessSync(path, constants.W_OK)
    return forCode
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new UsageError(`--data ${path}: ${reasons[code] ?? `it cannot be made (${code})`}`)
  }
}

/** Node's own `recursive` never returns where the parent exists but takes no directories, as /proc does. */
function makeWithParents(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return
  if (!existsSync(dirname(path))) makeWithParents(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

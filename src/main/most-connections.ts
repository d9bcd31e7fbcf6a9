import { readFileSync } from 'node:fs'

/** Each takes a few kilobytes while it says nothing. */
const enough = 16_384
/** Files that the process needs for itself, such as the database, its readers and fonts. */
const reserved = 128

/** How many connections may be open at once, so that there is always a file left for the work itself. */
export function mostConnections(): number {
  const openFiles = openFilesLimit()
  return openFiles === undefined ? enough : Math.min(enough, Math.max(openFiles - reserved, openFiles >> 1))
}

/** undefined: this system does not say it in this way, or there is none. */
function openFilesLimit(): number | undefined {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return soft === undefined ? undefined : Number(soft)
  } catch {
    return undefined
  }
}

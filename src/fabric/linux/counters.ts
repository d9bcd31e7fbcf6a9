import { readFileSync } from 'node:fs'
import type { Traffic } from '../fabric.ts'

/**
 * What some interfaces have carried, as the kernel counts it in a namespace. Where nothing runs nothing is counted.
 *
 * @param interfaces the interface of each connection or virtual interface, by its id
 * @param process a process in the namespace: its id, or the file that has it
 * @source behaviour catalogue G.3
 */
export function trafficOf(
  kind: Traffic['kind'],
  interfaces: ReadonlyMap<string, string>,
  process: number | { readonly pidFile: string },
): readonly Traffic[] {
  const rows = countersIn(process)
  return [...interfaces].flatMap(([id, name]) => {
    const row = rows.get(name)
    if (row === undefined) return []
    // As AWS has it, what leaves for the customer is egress.
    const [bytesIngress = 0, packetsIngress = 0, errorsIngress = 0] = row
    const [bytesEgress = 0, packetsEgress = 0, errorsEgress = 0] = row.slice(8)
    const errors = errorsIngress + errorsEgress
    return { kind, id, bytesIngress, packetsIngress, bytesEgress, packetsEgress, errors }
  })
}

/** The rows of /proc/net/dev: eight counters of what came, bytes, packets and errors first, and as many of what went. */
function countersIn(process: number | { readonly pidFile: string }): ReadonlyMap<string, readonly number[]> {
  try {
    const pid = typeof process === 'number' ? process : readFileSync(process.pidFile, 'utf8').trim()
    const text = readFileSync(`/proc/${pid}/net/dev`, 'utf8')
    return new Map(
      text.split('\n').flatMap((line) => {
        const [name, counters] = line.split(': ')
        return name === undefined || counters === undefined
          ? []
          : [[name.trim(), counters.trim().split(/\s+/).map(Number)] as const]
      }),
    )
  } catch {
    return new Map()
  }
}

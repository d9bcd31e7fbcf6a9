import { readFileSync } from 'node:fs'
import type { Traffic } from '../fabric.ts'
import { interfaceOf } from './names.ts'

/**
 * What some virtual interfaces have carried, as the kernel counts it at the gateway's ends of their wires. Where nothing
 * runs nothing is counted.
 *
 * @param pidFile of a process in the namespace of the gateway
 * @source behaviour catalogue G.3
 */
export function trafficOf(virtualInterfaceIds: readonly string[], pidFile: string): readonly Traffic[] {
  const rows = countersIn(pidFile)
  return virtualInterfaceIds.flatMap((id) => {
    const row = rows.get(interfaceOf(id))
    if (row === undefined) return []
    // As AWS has it, what leaves for the customer is egress.
    const [bytesIngress = 0, packetsIngress = 0, , , , , , , bytesEgress = 0, packetsEgress = 0] = row
    return { id, bytesIngress, packetsIngress, bytesEgress, packetsEgress }
  })
}

/** The rows of /proc/net/dev: eight counters of what came, bytes and packets first, and as many of what went. */
function countersIn(pidFile: string): ReadonlyMap<string, readonly number[]> {
  try {
    const text = readFileSync(`/proc/${readFileSync(pidFile, 'utf8').trim()}/net/dev`, 'utf8')
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

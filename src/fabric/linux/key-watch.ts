import { readFileSync } from 'node:fs'
import { readCounters } from '../../linux/firewall.ts'
import { gatewayTable } from './gateway-rules.ts'

/** Tells whose MD5 key differs from ours. The kernel counts what it drops for that, but does not say from whom it came. */
export interface KeyWatch {
  /** Is asked at every look at the sessions that could be up. */
  look(sessions: readonly { readonly id: string; readonly up: boolean }[]): Promise<void>
  differs(bgpPeerId: string): boolean
}

/** What differed a while ago may have been mended by somebody who has not tried again yet; real milliseconds. */
const lastsMs = 150_000

export function keyWatch(namespace: string, directory: string): KeyWatch {
  let dropped = 0
  let heard: ReadonlyMap<string, number> | undefined
  const differing = new Map<string, number>()
  return {
    async look(sessions) {
      for (const { id, up } of sessions) if (up) differing.delete(id)
      const waiting = sessions.filter(({ up }) => !up)
      if (waiting.length === 0) return
      const now = droppedFor(directory)
      if (now === dropped && heard !== undefined) return
      const before = heard
      const wasDropped = now > dropped
      dropped = now
      heard = await readCounters(namespace, gatewayTable).catch(() => new Map())
      if (!wasDropped || before === undefined) return
      for (const { id } of waiting) {
        const [was = 0, is = 0] = [before.get(`heard-${id}`), heard.get(`heard-${id}`)]
        if (is > was) differing.set(id, performance.now())
      }
    },
    differs: (id) => performance.now() - (differing.get(id) ?? Number.NEGATIVE_INFINITY) < lastsMs,
  }
}

const reasons = new Set(['TCPMD5NotFound', 'TCPMD5Unexpected', 'TCPMD5Failure'])

/** How many segments the kernel has dropped in the namespace of the router for their key. */
function droppedFor(directory: string): number {
  try {
    const pid = readFileSync(`${directory}/bgpd.pid`, 'utf8').trim()
    const lines = readFileSync(`/proc/${pid}/net/netstat`, 'utf8').split('\n')
    const [names = [], values = []] = lines.filter((line) => line.startsWith('TcpExt:')).map((line) => line.split(' '))
    return names.reduce((sum, name, index) => (reasons.has(name) ? sum + Number(values[index]) : sum), 0)
  } catch {
    return 0
  }
}

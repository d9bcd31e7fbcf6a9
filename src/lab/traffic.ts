import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { environmentOf, inNamespace } from '../linux/command.ts'

/** What came back since the last look. */
export interface Sample {
  readonly sent: number
  readonly received: number
  /** The median, milliseconds; null: nothing came back. */
  readonly roundTripMs: number | null
}

/** A stream of packets from a host, of which each is to be answered. */
export interface Traffic {
  sample(): Sample
  /** Ends it; answers the longest time without an answer, milliseconds. */
  end(): Promise<number>
}

/** A hundred a second. */
const intervalMs = 10

export function startTraffic(namespace: string, address: string): Traffic {
  const count = countAnswers()
  const wanted = ['-n', '-D', '-O', '-W', '1', '-i', String(intervalMs / 1_000), address]
  const [program, ...args] = inNamespace(namespace, 'ping', wanted)
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env: environmentOf() })
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  child.on('error', () => resolve())
  child.on('close', () => resolve())
  createInterface({ input: child.stdout }).on('line', count.line)
  count.begin(Date.now())
  return {
    sample: count.sample,
    async end() {
      const at = Date.now()
      child.kill('SIGTERM')
      await ended
      return count.longestGapMs(at)
    },
  }
}

export interface Count {
  begin(at: number): void
  /** One line of what `ping -D -O` prints. */
  line(text: string): void
  sample(): Sample
  /** Up to an instant, epoch milliseconds. */
  longestGapMs(until: number): number
}

/** Times are those at which answers came in, as ping writes them down. */
export function countAnswers(): Count {
  let lastAnswerAt = 0
  let longest = 0
  let highest = 0
  let counted = 0
  let trips: number[] = []
  return {
    begin(at) {
      lastAnswerAt = at
    },
    line(text) {
      const sequence = Number(/icmp_seq=(\d+)/.exec(text)?.[1] ?? 0)
      highest = Math.max(highest, sequence)
      const [, seconds, trip] = /^\[(\d+\.\d+)\] \d+ bytes from .* time=([\d.]+) ms/.exec(text) ?? []
      if (seconds === undefined) return
      const at = Number(seconds) * 1_000
      longest = Math.max(longest, at - lastAnswerAt)
      lastAnswerAt = at
      trips.push(Number(trip))
    },
    sample() {
      const received = trips.length
      const sent = Math.max(highest - counted, received)
      const middle = trips.toSorted((a, b) => a - b)[Math.floor(received / 2)]
      counted = highest
      trips = []
      return { sent, received, roundTripMs: middle ?? null }
    },
    longestGapMs: (until) => Math.round(Math.max(longest, until - lastAnswerAt)),
  }
}

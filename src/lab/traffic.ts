import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
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
  /** When the first answer came in, epoch milliseconds; null: none has. */
  firstAnswerAt(): number | null
  /** Ends it. */
  end(): Promise<Loss>
}

/** What became of all packets. */
export interface Loss {
  /** The longest time without an answer, milliseconds. */
  readonly longestGapMs: number
  /** How many were never answered. */
  readonly lost: number
}

/** A hundred a second. */
const intervalMs = 10

/** So long the last packets are waited for before they count as lost, milliseconds. */
const lateMs = 500

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
    firstAnswerAt: count.firstAnswerAt,
    async end() {
      const longestGapMs = count.longestGapMs(Date.now())
      const last = count.highest()
      await delay(lateMs)
      child.kill('SIGTERM')
      await ended
      return { longestGapMs, lost: count.lost(last) }
    },
  }
}

export interface Count {
  begin(at: number): void
  /** One line of what `ping -D -O` prints. */
  line(text: string): void
  sample(): Sample
  /** When, epoch milliseconds; null: none yet. */
  firstAnswerAt(): number | null
  /** Up to an instant, epoch milliseconds. */
  longestGapMs(until: number): number
  /** The sequence number of the last packet of which anything is known; they begin with 1. */
  highest(): number
  /** How many of the packets up to a sequence number have not been answered. */
  lost(last: number): number
}

/** Times are those at which answers came in, as ping writes them down. */
export function countAnswers(): Count {
  let lastAnswerAt = 0
  let firstAnswerAt: number | null = null
  const unanswered = new Set<number>()
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
      for (; highest < sequence; highest++) unanswered.add(highest + 1)
      const [, seconds, trip] = /^\[(\d+\.\d+)\] \d+ bytes from .* time=([\d.]+) ms/.exec(text) ?? []
      if (seconds === undefined) return
      unanswered.delete(sequence)
      const at = Number(seconds) * 1_000
      firstAnswerAt ??= at
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
    firstAnswerAt: () => firstAnswerAt,
    highest: () => highest,
    lost: (last) => [...unanswered].filter((sequence) => sequence <= last).length,
    longestGapMs: (until) => Math.round(Math.max(longest, until - lastAnswerAt)),
  }
}

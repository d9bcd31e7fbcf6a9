import { cpuMicros } from './world.ts'
import { type Load, type LoadWish, load } from './wrk.ts'

/** A load of a server with what its process used for it. */
export interface Measured extends Load {
  readonly cpuMicros: number
}

export interface Target {
  readonly url: string
  readonly pid: number
}

/** Loads a server that is warm. */
export async function measured({ url, pid }: Target, wish: LoadWish): Promise<Measured> {
  const before = cpuMicros(pid)
  const result = await load(url, wish)
  return { ...result, cpuMicros: (cpuMicros(pid) - before) / result.requests }
}

/** Warms two servers, then loads them in turn, twice, so that what else the machine does meets both. */
export async function sideBySide(
  ours: Target,
  theirs: Target,
  wish: LoadWish,
): Promise<{ readonly ours: Measured; readonly theirs: Measured }> {
  for (const { url } of [ours, theirs]) await load(url, wish)
  const rounds = []
  for (let round = 0; round < 2; round++)
    rounds.push({ ours: await measured(ours, wish), theirs: await measured(theirs, wish) })
  return { ours: together(rounds.map((round) => round.ours)), theirs: together(rounds.map((round) => round.theirs)) }
}

function together(rounds: readonly Measured[]): Measured {
  const mean = (of: (round: Measured) => number) => rounds.reduce((sum, round) => sum + of(round), 0) / rounds.length
  return {
    requestsPerSecond: mean((round) => round.requestsPerSecond),
    p50Ms: mean((round) => round.p50Ms),
    p99Ms: mean((round) => round.p99Ms),
    cpuMicros: mean((round) => round.cpuMicros),
    refused: rounds.reduce((sum, { refused }) => sum + refused, 0),
    requests: rounds.reduce((sum, { requests }) => sum + requests, 0),
  }
}

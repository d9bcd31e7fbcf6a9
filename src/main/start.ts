import { enableCompileCache, flushCompileCache } from 'node:module'
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { makeDirectory } from './make-directory.ts'
import { parseOptions, UsageError, usage } from './options.ts'

/** Starts the server that these flags ask for; it ends on a signal. Wrong flags make the exit code 2. */
export async function start(flags: readonly string[]): Promise<void> {
  // Only what reads the flags is loaded before the compile cache is on; its folder is one of the things that they say.
  try {
    const options = parseOptions(flags, process.env)
    if (options === 'help') console.log(usage())
    else {
      const data = resolve(options.data)
      enableCompileCache(makeDirectory(data))
      const { serve } = await import('./serve.ts')
      const { banner } = await import('./banner.ts')
      const serving = await serve({ ...options, data })
      endOnSignal(serving.end)
      console.log(banner({ ...options, data }, serving))
      // Not before: while all is being loaded there is little to collect, but each collection would take its time.
      setFlagsFromString(heapGrowth)
      keepCompiledCode()
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(`crossconnect: ${error.message}`)
    process.exitCode = 2
  }
}

/**
 * The heap may become twice as large as what is alive in it before V8 collects again. Left to itself it lets a server that is
 * asked much grow to four times that, and a collection takes some ten milliseconds every few seconds. V8 reads this at each.
 */
const heapGrowth = '--heap-growing-percent=100'

/**
 * Node writes the compile cache when the process ends, but not when it is killed. Writing it takes up to a second, in which
 * nobody is answered, so that it waits for a second in which nobody asks.
 */
function keepCompiledCode(): void {
  let before = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before)
    before = performance.eventLoopUtilization()
    if (utilization > busy) return
    clearInterval(timer)
    flushCompileCache()
  }, 1_000).unref()
}

/** Of the time; somebody who looks now and then takes less. */
const busy = 0.05

/** The first signal lets what is in flight end, a second one does not. */
function endOnSignal(end: () => Promise<void>): void {
  const signals = ['SIGTERM', 'SIGINT'] as const
  const ended = async () => {
    for (const signal of signals) process.off(signal, onSignal)
    await end()
    process.exit(0)
  }
  const onSignal = () => void ended()
  for (const signal of signals) process.on(signal, onSignal)
}

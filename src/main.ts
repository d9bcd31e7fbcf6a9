import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join, resolve } from 'node:path'
import { parseOptions, UsageError, usage } from './main/options.ts'

// Only what reads the flags is loaded before the compile cache is on; its folder is one of the things that they say.
try {
  const options = parseOptions(process.argv.slice(2), process.env)
  if (options === 'help') console.log(usage())
  else {
    const data = resolve(options.data)
    makeDirectory(data)
    enableCompileCache(join(data, 'compile-cache'))
    const { serve } = await import('./main/serve.ts')
    const { banner } = await import('./main/banner.ts')
    const serving = await serve({ ...options, data })
    console.log(banner({ ...options, data }, serving))
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void serving.end().then(() => process.exit(0)))
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`crossconnect: ${error.message}`)
  process.exitCode = 2
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new UsageError(`--data ${path}: ${error instanceof Error ? error.message : 'it cannot be made'}`)
  }
}

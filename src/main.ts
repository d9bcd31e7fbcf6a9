#!/usr/bin/env node
// The binary. `serve`, or flags alone, start the server; every other word is a command, of `cli/` or of `main/entries.ts`.
// Each is loaded only when it is wanted, since both the start of the server and the help have to be quick.
const [word = '--help', ...rest] = process.argv.slice(2)

// Only a package meets an old Node: a clone has its own.
if (isOld(process.versions.node)) {
  console.error(`crossconnect: Node 24.15 or newer is needed, this is ${process.version}`)
  process.exitCode = 2
} else if (word === 'serve') await serve(rest)
else if (word === 'lab') process.exitCode = await (await import('./lab/lab.ts')).run(rest)
else if (await isFlag()) await serve([word, ...rest])
else {
  await keepCompiledCode()
  const { runCommandLine } = await import('./cli/cli.ts')
  const { processContext } = await import('./cli/context.ts')
  const { entries } = await import('./main/entries.ts')
  process.exitCode = await runCommandLine(process.argv.slice(2), processContext(), entries)
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 24 || (major === 24 && minor < 15)
}

async function serve(flags: readonly string[]): Promise<void> {
  const { start } = await import('./main/start.ts')
  await start(flags)
}

/** Whether the first word is a flag of the server: a dash, and no option that a command may have before it. */
async function isFlag(): Promise<boolean> {
  if (!word.startsWith('-') || ['--help', '-h', '--version'].includes(word)) return false
  const { isGeneralOption } = await import('./cli/general-options.ts')
  return !isGeneralOption(word)
}

/** In the cache of this user alone: what lies there is run. */
async function keepCompiledCode(): Promise<void> {
  const { HOME: home, XDG_CACHE_HOME: cache = home && `${home}/.cache` } = process.env
  if (cache === undefined || cache === '') return
  const { enableCompileCache } = await import('node:module')
  enableCompileCache(`${cache}/crossconnect`)
}

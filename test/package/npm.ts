// npm as people run it, with the Node that it is given.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageJson from '../../package.json' with { type: 'json' }
import { runWith } from '../tools/run.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const modules = join(root, 'node_modules')

/** The folder of the Node that runs this. */
export const ownNode = dirname(process.execPath)

/** The oldest version that will do. */
export const oldest = /\d+\.\d+\.\d+/.exec(packageJson.engines.node)?.[0] ?? ''

/** PATH with this Node in front, and without the programs that only a clone has. */
export function pathWith(nodeFolder: string): string {
  const rest = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules))
  return [nodeFolder, ...rest].join(delimiter)
}

/** Runs npm in a folder; throws what it says when it fails. */
export async function npm(nodeFolder: string, directory: string, args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runWith(environment(nodeFolder), 'npm', [...quietly, ...args], { directory })
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** The folder of the oldest Node that will do. It is fetched when a test first asks, since nothing else needs it. */
export async function oldestNode(): Promise<string> {
  const packageName = `${platformPrefix}-${process.platform}-${process.arch}`
  const kept = join(modules, '.cache', `node-${oldest}`)
  const folder = join(kept, 'node_modules', packageName, 'bin')
  if (existsSync(folder)) return folder
  mkdirSync(dirname(kept), { recursive: true })
  const fresh = mkdtempSync(`${kept}-`)
  try {
    await npm(ownNode, fresh, ['install', '--prefix', fresh, '--ignore-scripts', `${packageName}@${oldest}`])
    if (!existsSync(kept)) renameSync(fresh, kept)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return folder
}

/** Whether npm could not reach its registry, or found there nothing for this platform. */
export function isOutOfReach(error: unknown): boolean {
  return /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|E404|ETARGET)\b/.test(String(error))
}

const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']

/** As the packages are called that bring Node's binary. */
const platformPrefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'

/** Where the registry is, who may read it and what is cached comes from the environment and the home directory. */
function environment(nodeFolder: string): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).flatMap(([name, value]) => {
    const ofOuterNpm = /^(npm_(?!config_)|npm_config_local_prefix$|INIT_CWD$)/.test(name)
    return value === undefined || ofOuterNpm ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), PATH: pathWith(nodeFolder) }
}

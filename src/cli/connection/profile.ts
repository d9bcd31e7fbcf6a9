import { homedir } from 'node:os'
import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader'
import { type Given, UsageError } from '../command.ts'
import type { Context } from '../context.ts'
import { didYouMean } from '../nearest.ts'

export type Settings = Readonly<Record<string, string | undefined>>

/** What the shared AWS files say, of one profile or of all. */
export interface Profile {
  readonly name: string
  /** Whether `--profile` chose it: then it comes before the environment's keys. */
  readonly isChosen: boolean
  readonly settings: Settings
  /** Of the section `services` that it names: the settings of Direct Connect. */
  readonly directConnect: Settings
  readonly other: (name: string) => Settings | undefined
}

/** Reads ~/.aws/config and ~/.aws/credentials, or the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name. */
export async function readProfile({ environment }: Context, given: Given): Promise<Profile> {
  const folder = join(environment['HOME'] || homedir(), '.aws')
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    configFilepath: environment['AWS_CONFIG_FILE'] || join(folder, 'config'),
    filepath: environment['AWS_SHARED_CREDENTIALS_FILE'] || join(folder, 'credentials'),
    ignoreCache: true,
  })
  const other = (name: string): Settings | undefined =>
    configFile[name] || credentialsFile[name] ? { ...configFile[name], ...credentialsFile[name] } : undefined
  const chosen = given.text('profile')
  const asked = chosen ?? (environment['AWS_PROFILE'] || environment['AWS_DEFAULT_PROFILE'] || undefined)
  const name = asked ?? 'default'
  const settings = other(name)
  if (settings === undefined && asked !== undefined) {
    const known = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])
    throw new UsageError(`there is no profile '${name}' in the shared AWS files${didYouMean(name, known)}`)
  }
  const services = settings?.['services']
  const section: Settings = (services === undefined ? undefined : configFile[`services.${services}`]) ?? {}
  const prefix = 'directconnect.'
  return {
    name,
    isChosen: chosen !== undefined,
    settings: settings ?? {},
    directConnect: Object.fromEntries(
      Object.entries(section).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    ),
    other,
  }
}

import { CommandError, UsageError } from '../command.ts'
import type { Context } from '../context.ts'
import { isLocal } from './endpoint.ts'
import type { Profile, Settings } from './profile.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** Nobody named any: these are the ones that everybody knows. */
  readonly areDevelopment?: true
}

/** Where requests go: roles are assumed there too. */
export interface Target {
  readonly endpoint: URL
  readonly region: string
}

/**
 * Who signs: the environment's keys (not before a profile that was chosen); of the profile its role, its own keys, or what its
 * `credential_process` answers; on this machine, in the end, the development credentials.
 */
export async function credentialsOf(context: Context, profile: Profile, target: Target): Promise<Credentials> {
  const { name, isChosen } = profile
  const { environment } = context
  const found =
    (isChosen ? undefined : keys(environment, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN')) ??
    (await ofProfile(context, profile, target, []))
  if (found !== undefined) return found
  if (!isChosen && isLocal(target.endpoint))
    return { accessKeyId: 'test', secretAccessKey: 'test', areDevelopment: true }
  throw new UsageError(
    isChosen
      ? `the profile '${name}' has no keys, no role and no credential_process`
      : 'no credentials are found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile',
  )
}

/** `behind` are the profiles that led to this one. */
async function ofProfile(
  context: Context,
  profile: Profile,
  target: Target,
  behind: readonly string[],
): Promise<Credentials | undefined> {
  const { name, settings } = profile
  const own = () => keys(settings, 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token')
  const source = settings['source_profile']
  if (settings['role_arn'] === undefined) {
    const asked = ['sso_session', 'sso_start_url', 'web_identity_token_file'].find((key) => settings[key] !== undefined)
    const found = own() ?? (await ofProcess(name, settings['credential_process']))
    if (found === undefined && asked !== undefined)
      throw new UsageError(`the profile '${name}': ${asked} is not supported here`)
    return found
  }
  if (source === undefined) throw new UsageError(`the profile '${name}' has a role_arn, but no source_profile`)
  if (behind.includes(source))
    throw new UsageError(`the profiles ${[...behind, name, source].join(' -> ')} lead in a circle`)
  const settingsOfSource = profile.other(source)
  if (settingsOfSource === undefined)
    throw new UsageError(`the profile '${name}' names the source_profile '${source}', which is not there`)
  const by =
    source === name
      ? own()
      : await ofProfile(context, { ...profile, name: source, settings: settingsOfSource }, target, [...behind, name])
  if (by === undefined)
    throw new UsageError(`the profile '${source}' has no keys with which the role of '${name}' could be assumed`)
  const { assumeRole } = await import('./assume-role.ts')
  return assumeRole(context, profile, by, target)
}

function keys(from: Settings, id: string, secret: string, token: string): Credentials | undefined {
  const [accessKeyId, secretAccessKey, sessionToken] = [from[id], from[secret], from[token]]
  if (!accessKeyId && !secretAccessKey) return undefined
  if (!accessKeyId || !secretAccessKey) throw new UsageError(`${id} and ${secret} belong together, but only one is set`)
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}

/** @source AWS SDKs and Tools reference, "Process credential provider" */
async function ofProcess(profile: string, command: string | undefined): Promise<Credentials | undefined> {
  if (command === undefined) return undefined
  const { exec } = await import('node:child_process')
  const { promisify } = await import('node:util')
  // Whatever it printed may hold a secret, so that it is never quoted.
  const failed = (why: string) => new CommandError(`the credential_process of the profile '${profile}' ${why}`)
  const { stdout } = await promisify(exec)(command, { timeout: 60_000 }).catch((error: { readonly code?: unknown }) => {
    throw failed(`ended with ${error.code ?? 'a signal'}`)
  })
  let answer: unknown
  try {
    answer = JSON.parse(stdout)
  } catch {
    throw failed('did not print JSON')
  }
  const { AccessKeyId, SecretAccessKey, SessionToken } = (answer ?? {}) as Settings
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string')
    throw failed('printed no AccessKeyId and SecretAccessKey')
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof SessionToken === 'string' ? { sessionToken: SessionToken } : {}),
  }
}

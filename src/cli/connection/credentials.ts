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

/**
 * Who signs: the environment's keys (not before a profile that was chosen), the profile's own, what its
 * `credential_process` answers; on this machine, in the end, the development credentials.
 */
export async function credentialsOf({ environment }: Context, profile: Profile, endpoint: URL): Promise<Credentials> {
  const { name, isChosen, settings } = profile
  const ofEnvironment = keys(environment, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN')
  const found =
    (isChosen ? undefined : ofEnvironment) ??
    keys(settings, 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token') ??
    (await ofProcess(name, settings['credential_process']))
  if (found !== undefined) return found
  if (!isChosen && isLocal(endpoint)) return { accessKeyId: 'test', secretAccessKey: 'test', areDevelopment: true }
  throw new UsageError(
    isChosen
      ? `the profile '${name}' has no keys and no credential_process`
      : 'no credentials are found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile',
  )
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

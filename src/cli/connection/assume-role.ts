import { CommandError, UsageError } from '../command.ts'
import type { Context } from '../context.ts'
import type { Credentials } from './credentials.ts'
import type { Profile } from './profile.ts'
import { RefusedError } from './refused.ts'
import { send } from './send.ts'
import { signed } from './sign.ts'

/** The keys of a profile's `role_arn`: asked of STS, which the same server answers, by who `source` is. */
export async function assumeRole(
  context: Context,
  { name, settings }: Profile,
  source: Credentials,
  { endpoint, region }: { readonly endpoint: URL; readonly region: string },
): Promise<Credentials> {
  if (settings['mfa_serial'] !== undefined)
    throw new UsageError(`the profile '${name}' asks for a second factor (mfa_serial), which is not supported here`)
  const said = {
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: settings['role_arn'],
    RoleSessionName: settings['role_session_name'] || `crossconnect-${Math.floor(context.now() / 1000)}`,
    ExternalId: settings['external_id'],
    DurationSeconds: settings['duration_seconds'],
  }
  const form = new URLSearchParams(Object.entries(said).flatMap(([key, value]) => (value ? [[key, value]] : [])))
  const request = {
    method: 'POST',
    url: endpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form.toString(),
  }
  const { status, body } = await send(
    await signed(request, { credentials: source, region, service: 'sts', time: context.now() }),
  )
  if (status !== 200)
    throw new RefusedError(
      element(body, 'Code') ?? String(status),
      element(body, 'Message') ?? `HTTP ${status}`,
      'AssumeRole',
    )
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((each) =>
    element(body, each),
  )
  if (!accessKeyId || !secretAccessKey || !sessionToken)
    throw new CommandError(`what ${endpoint.origin} answered to AssumeRole has no keys in it`)
  return { accessKeyId, secretAccessKey, sessionToken }
}

/** The text of the first element of a name; what STS answers has none within another of the same name. */
function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
  return text?.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, entity: string) => entities[entity] ?? '')
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

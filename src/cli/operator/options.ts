import { type Given, type Options, UsageError } from '../command.ts'
import { endpointOf, isLocal } from '../connection/endpoint.ts'
import { connectionOptions } from '../connection/options.ts'
import { readProfile, type Settings } from '../connection/profile.ts'
import type { Context } from '../context.ts'
import { outputOptions } from '../output/options.ts'

/** What every call of the operator API takes. */
export const operatorOptions = {
  token: {
    value: 'TOKEN',
    meaning: "the operator's token; better said in CROSSCONNECT_OPERATOR_TOKEN, where nobody sees it",
    general: true,
  },
  'endpoint-url': connectionOptions['endpoint-url'],
  profile: connectionOptions.profile,
  output: outputOptions.output,
  query: outputOptions.query,
  color: outputOptions.color,
} as const satisfies Options

/** Which server, and what else the profile says. */
export async function serverSaid(
  context: Context,
  given: Given,
): Promise<{ readonly endpoint: URL; readonly settings: Settings }> {
  const profile = await readProfile(context, given)
  return { endpoint: endpointOf(context, given, profile), settings: profile.settings }
}

/** On this machine a development server knows the token `test`. */
export function tokenSaid({ environment }: Context, given: Given, endpoint: URL): string {
  const token =
    given.text('token') ?? (environment['CROSSCONNECT_OPERATOR_TOKEN'] || (isLocal(endpoint) ? 'test' : undefined))
  if (token === undefined) throw new UsageError('no operator token is said; set CROSSCONNECT_OPERATOR_TOKEN')
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError('the operator token is empty or has characters that no token has')
  return token
}

import { type Given, type Options, UsageError } from '../command.ts'
import { endpointOf, isLocal } from '../connection/endpoint.ts'
import { connectionOptions } from '../connection/options.ts'
import { readProfile } from '../connection/profile.ts'
import type { Context } from '../context.ts'

/** What every call of the operator API takes. */
export const operatorOptions = {
  token: {
    value: 'TOKEN',
    meaning: "the operator's token; better said in CROSSCONNECT_OPERATOR_TOKEN, where nobody sees it",
    general: true,
  },
  'endpoint-url': connectionOptions['endpoint-url'],
  profile: connectionOptions.profile,
} as const satisfies Options

export const endpointSaid = async (context: Context, given: Given): Promise<URL> =>
  endpointOf(context, given, await readProfile(context, given))

/** On this machine a development server knows the token `test`. */
export function tokenSaid({ environment }: Context, given: Given, endpoint: URL): string {
  const token =
    given.text('token') ?? (environment['CROSSCONNECT_OPERATOR_TOKEN'] || (isLocal(endpoint) ? 'test' : undefined))
  if (token === undefined) throw new UsageError('no operator token is said; set CROSSCONNECT_OPERATOR_TOKEN')
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError('the operator token is empty or has characters that no token has')
  return token
}

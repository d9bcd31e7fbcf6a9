import { type Given, UsageError } from '../command.ts'
import type { Context } from '../context.ts'
import type { Profile } from './profile.ts'

/** Where a server listens that nobody has told otherwise. */
const usualEndpoint = 'http://127.0.0.1:7224'

/** The server's URL, from the first of these that names one. @source AWS SDKs and Tools reference, "Service-specific endpoints" */
export function endpointOf({ environment }: Context, given: Given, { settings, directConnect }: Profile): URL {
  const said =
    given.text('endpoint-url') ??
    (environment['AWS_ENDPOINT_URL_DIRECT_CONNECT'] ||
      environment['AWS_ENDPOINT_URL'] ||
      directConnect['endpoint_url'] ||
      settings['endpoint_url'] ||
      usualEndpoint)
  const url = URL.canParse(said) ? new URL(said) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new UsageError(`--endpoint-url ${said || "''"}: it must be a URL such as ${usualEndpoint}`)
  return url
}

/** Whether it is on this machine. */
export const isLocal = ({ hostname }: URL): boolean =>
  /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname)

/** The Region; on this machine there is a usual one, elsewhere somebody must say it. */
export function regionOf({ environment }: Context, given: Given, { settings }: Profile, endpoint: URL): string {
  const said =
    given.text('region') ??
    (environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || settings['region'] || undefined)
  const region = said ?? (isLocal(endpoint) ? 'us-east-1' : undefined)
  if (region === undefined)
    throw new UsageError('no Region is said; name one with --region, AWS_REGION or in the profile')
  if (!/^[a-z0-9-]{1,64}$/i.test(region))
    throw new UsageError(`--region ${region || "''"}: it must be a name such as us-east-1`)
  return region
}

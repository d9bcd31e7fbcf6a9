import type { Options } from './options.ts'

/** What a person needs to make the first call, in at most 12 lines of 80 columns. */
export function banner(options: Options, url: string): string {
  const first = ['crossconnect, compatible with AWS Direct Connect', `listening on ${url}`, `data in ${options.data}`]
  if (!options.developmentCredentials) return [...first, 'accounts and access keys: see /operator/v1'].join('\n')
  return [
    ...first,
    '',
    'export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_PAGER=',
    'export AWS_DEFAULT_REGION=us-east-1',
    `aws directconnect describe-locations --endpoint-url ${url}`,
    '',
    'partner account: access key partner, secret test',
    'operator: /operator/v1 with the bearer token test',
  ].join('\n')
}

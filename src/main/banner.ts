import type { Options } from './options.ts'
import type { Serving } from './serve.ts'

/** What a person needs to make the first call, in at most 12 lines of 80 columns. */
export function banner(options: Options, { url, operatorToken }: Pick<Serving, 'url' | 'operatorToken'>): string {
  const first = ['crossconnect, compatible with AWS Direct Connect', `listening on ${url}`, `data in ${options.data}`]
  const operator = `operator: /operator/v1 with the bearer token ${operatorToken}`
  if (!options.developmentCredentials)
    return [...first, operator, `accounts and access keys: POST ${url}/operator/v1/accounts`].join('\n')
  return [
    ...first,
    '',
    'export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_PAGER=',
    'export AWS_DEFAULT_REGION=us-east-1',
    `aws directconnect describe-locations --endpoint-url ${url}`,
    '',
    'partner account: access key partner, secret test',
    operator,
  ].join('\n')
}

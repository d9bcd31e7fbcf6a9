import type { Options } from './options.ts'
import type { SeedEnvironment } from './seeds.ts'
import type { Serving } from './serve.ts'

/**
 * What a person needs to make the first call, in at most 12 lines of 80 columns. After it, what is in the prepared world
 * that they asked for, as lines to paste.
 */
export function banner(
  options: Options,
  { url, operatorToken, environment }: Pick<Serving, 'url' | 'operatorToken' | 'environment'>,
): string {
  return [...firstCall(options, url, operatorToken), ...worldIn(environment, url)].join('\n')
}

function firstCall(options: Options, url: string, operatorToken: string): readonly string[] {
  const first = ['crossconnect, compatible with AWS Direct Connect', `listening on ${url}`, `data in ${options.data}`]
  const operator = `operator: /operator/v1 with the bearer token ${operatorToken}`
  if (!options.developmentCredentials)
    return [...first, operator, `accounts and access keys: POST ${url}/operator/v1/accounts`]
  return [
    ...first,
    '',
    'export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_PAGER=',
    'export AWS_DEFAULT_REGION=us-east-1',
    `aws directconnect describe-locations --endpoint-url ${url}`,
    '',
    'partner account: access key partner, secret test',
    operator,
  ]
}

function worldIn(environment: SeedEnvironment, url: string): readonly string[] {
  return environment.flatMap(({ title, variables }, index) => {
    const all = index === 0 ? { AWS_ENDPOINT_URL: url, ...variables } : variables
    return ['', `# ${title}`, ...Object.entries(all).map(([name, value]) => `export ${name}=${value}`)]
  })
}

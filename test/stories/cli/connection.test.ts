// Which server, as whom, in which Region: what the environment and the shared AWS files say.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { crossconnect } from '../../tools/crossconnect.ts'
import { startServer, type TestServer } from '../../tools/server.ts'

const agreement = ['describe-customer-metadata', '--query', 'nniPartnerType', '--output', 'text']

interface Home extends Disposable {
  readonly path: string
}

function home(files: Readonly<Record<string, string>>): Home {
  const path = mkdtempSync(join(tmpdir(), 'crossconnect-home-'))
  mkdirSync(join(path, '.aws'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, '.aws', name), content)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The account and the Region that the server sees with these settings. */
async function whoIs(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const asked = [
    [
      'create-direct-connect-gateway',
      '--direct-connect-gateway-name',
      'a',
      '--query',
      'directConnectGateway.ownerAccount',
    ],
    ['describe-locations', '--query', 'locations[0].region'],
  ]
  const answers = asked.map(async (command) => {
    const { status, stdout, stderr } = await crossconnect([...command, '--output', 'text', ...words], { environment })
    assert.deepEqual([status, stderr], [0, ''])
    return stdout.trim()
  })
  return Promise.all(answers)
}

async function refused(why: RegExp, words: readonly string[], environment: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = await crossconnect([...agreement, ...words], { environment })
  assert.deepEqual([status, stdout], [2, ''])
  assert.match(stderr, why)
  assert.ok(!/top secret/.test(stderr), 'no secret is shown')
}

const config = (server: TestServer) => `
[default]
region = eu-west-1
endpoint_url = ${server.url}
[profile other]
region = eu-central-1
services = mine
[services mine]
directconnect =
  endpoint_url = ${server.url}
ec2 =
  endpoint_url = http://127.0.0.1:1
[profile role]
role_arn = arn:aws:iam::333333333333:role/network
source_profile = default
[profile machine]
credential_process = echo '{"Version": 1, "AccessKeyId": "444444444444", "SecretAccessKey": "test"}'
[profile broken]
credential_process = echo top secret
[profile circle]
role_arn = arn:aws:iam::333333333333:role/network
source_profile = square
[profile square]
role_arn = arn:aws:iam::333333333333:role/network
source_profile = circle
[profile half]
aws_access_key_id = 555555555555
[profile sso]
sso_session = work
`
const credentials = `
[default]
aws_access_key_id = 222222222222
aws_secret_access_key = test
[other]
aws_access_key_id = partner
aws_secret_access_key = test
`

test('the server, the Region and the keys come from the shared AWS files, as the AWS CLI reads them', async () => {
  await using server = await startServer({ timing: 'instant' })
  using files = home({ config: config(server), credentials })
  const HOME = files.path
  assert.deepEqual(await whoIs([], { HOME }), ['222222222222', 'eu-west-1'])
  assert.deepEqual(await whoIs(['--profile', 'other'], { HOME }), ['111111111111', 'eu-central-1'])
  assert.deepEqual(await whoIs([], { HOME, AWS_PROFILE: 'other' }), ['111111111111', 'eu-central-1'])
  const at = ['--endpoint-url', server.url]
  assert.deepEqual(await whoIs(['--profile', 'machine', ...at], { HOME }), ['444444444444', 'us-east-1'])
  assert.deepEqual(await whoIs(['--profile', 'role', '--region', 'us-west-2', ...at], { HOME }), [
    '333333333333',
    'us-west-2',
  ])
  const moved = {
    AWS_CONFIG_FILE: join(HOME, '.aws/config'),
    AWS_SHARED_CREDENTIALS_FILE: join(HOME, '.aws/credentials'),
  }
  assert.deepEqual(await whoIs([], moved), ['222222222222', 'eu-west-1'])
})

test('the environment comes before the files, but not before a profile that is chosen; options come first', async () => {
  await using server = await startServer({ timing: 'instant' })
  using files = home({ config: config(server), credentials })
  const keys = { AWS_ACCESS_KEY_ID: '777777777777', AWS_SECRET_ACCESS_KEY: 'test' }
  const environment = { HOME: files.path, ...keys }
  assert.deepEqual(await whoIs([], environment), ['777777777777', 'eu-west-1'])
  assert.deepEqual(await whoIs([], { ...environment, AWS_REGION: 'us-west-2' }), ['777777777777', 'us-west-2'])
  assert.deepEqual(await whoIs(['--region', 'us-west-1'], { ...environment, AWS_REGION: 'us-west-2' }), [
    '777777777777',
    'us-west-1',
  ])
  assert.deepEqual(await whoIs(['--profile', 'other'], environment), ['111111111111', 'eu-central-1'])
  const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
  assert.deepEqual(await whoIs([], { ...environment, ...nowhere, AWS_ENDPOINT_URL_DIRECT_CONNECT: server.url }), [
    '777777777777',
    'eu-west-1',
  ])
  const { status, stderr } = await crossconnect(agreement, { environment: { ...environment, ...nowhere } })
  assert.equal(status, 1)
  assert.match(stderr, /nobody listens at http:\/\/127\.0\.0\.1:1; start a server with 'crossconnect serve'/)
})

test('without any keys the development credentials sign on this machine, and a person is told', async () => {
  await using server = await startServer({ timing: 'instant' })
  const at = ['--endpoint-url', server.url]
  assert.deepEqual(await whoIs(at, {}), ['000000000000', 'us-east-1'])
  const { stderr } = await crossconnect([...agreement, ...at], { terminal: 80 })
  assert.match(stderr, /no credentials are set; signing as the development account/)
  await refused(/no Region is said/, ['--endpoint-url', 'http://dx.example.com'], {})
  await refused(/no credentials are found/, ['--endpoint-url', 'http://dx.example.com', '--region', 'us-east-1'], {})
})

test('who is throttled asks again, as often as AWS_MAX_ATTEMPTS says', async () => {
  await using server = await startServer({ throttle: 7 })
  const environment = { AWS_ENDPOINT_URL: server.url }
  const all = await Promise.all(
    Array.from({ length: 8 }, () =>
      crossconnect(agreement, { environment: { ...environment, AWS_MAX_ATTEMPTS: '20' } }),
    ),
  )
  assert.deepEqual(new Set(all.map(({ status, stdout }) => `${status} ${stdout}`)), new Set(['0 nonPartner\n']))
  const impatience = { ...environment, AWS_MAX_ATTEMPTS: '1' }
  const impatient = await Promise.all(
    Array.from({ length: 8 }, () => crossconnect(agreement, { environment: impatience })),
  )
  const refusal =
    '\nAn error occurred (ThrottlingException) when calling the DescribeCustomerMetadata operation (reached max retries: 0): Rate exceeded\n'
  assert.ok(impatient.some(({ status, stderr }) => status === 1 && stderr === refusal))
  await refused(/AWS_MAX_ATTEMPTS \(max_attempts\) many: it must be/, [], { ...environment, AWS_MAX_ATTEMPTS: 'many' })
})

test('what listens but is not this service is told from it', async () => {
  const other = createServer((_, response) => response.end('<html>hello</html>'))
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { status, stderr } = await crossconnect([...agreement, '--endpoint-url', `http://127.0.0.1:${port}`])
  other.close()
  assert.equal(status, 1)
  assert.match(stderr, /answered is no JSON object; is it this service/)
})

test('a profile that cannot be used is refused with its name, and no secret is shown', async () => {
  await using server = await startServer()
  using files = home({ config: config(server), credentials })
  const of = (profile: string) => ['--profile', profile, '--endpoint-url', server.url]
  const environment = { HOME: files.path }
  await refused(/there is no profile 'othr' in the shared AWS files \(did you mean other\?\)/, of('othr'), environment)
  await refused(/aws_access_key_id and aws_secret_access_key belong together/, of('half'), environment)
  await refused(/circle -> square -> circle lead in a circle/, of('circle'), environment)
  await refused(/sso_session is not supported here/, of('sso'), environment)
  const broken = await crossconnect([...agreement, ...of('broken')], { environment })
  assert.equal(broken.status, 1)
  assert.match(broken.stderr, /credential_process of the profile 'broken' did not print JSON/)
  assert.ok(!broken.stderr.includes('top secret'))
  await refused(/--endpoint-url dx: it must be a URL/, ['--endpoint-url', 'dx'], environment)
  await refused(/--region a b: it must be a name/, ['--region', 'a b'], environment)
})

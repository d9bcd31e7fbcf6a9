// What the command line says when it is not understood, when the service says no, and to a terminal.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandNames } from '../../../src/cli/operations/names.ts'
import { binary, crossconnect, crossconnectProcess } from '../../tools/crossconnect.ts'
import { rawClient } from '../../tools/raw.ts'
import { startServer } from '../../tools/server.ts'

async function refused(line: string, why: RegExp, help = /./) {
  const { status, stdout, stderr } = await crossconnect(line.split(' '))
  assert.deepEqual([status, stdout], [2, ''], line)
  assert.match(stderr, why, line)
  assert.match(stderr, help, line)
}

test('a command line that cannot be: one sentence that names the word, the way to the help, exit code 2', async () => {
  await refused('descrbe-lags', /unknown command 'descrbe-lags' \(did you mean describe-lags/, /'crossconnect --help'/)
  await refused(
    'describe-lags --regoin x',
    /unknown option --regoin \(did you mean --region\?\)/,
    /describe-lags --help/,
  )
  await refused('describe-lags --lag-id', /--lag-id needs a value \(TEXT\)/)
  await refused('describe-lags --lag-id --region x', /write --lag-id=--region if '--region' is the value/)
  await refused('describe-lags dxlag-1', /'dxlag-1' is one word too many/)
  await refused(
    'describe-lags --output jsn',
    /--output jsn: it must be json or yaml or table or text \(did you mean json/,
  )
  await refused('describe-lags --no-paginate=1', /--no-paginate takes no value/)
  await refused('describe-lags --query a[', /--query a\[: /)
  await refused('describe-lags --query a.', /--query a\.: a part of it is missing/)
  await refused('describe-lags --query a[?b=c]', /--query a\[\?b=c\]: it is no JMESPath expression/)
  await refused('--region us-east-1', /a command is missing/, /'crossconnect --help'/)
  await refused('describe-loa', /the following is required: --connection-id/)
  await refused(
    'create-connection --cli-input-json {}',
    /location is required, and neither --location nor --cli-input-json/,
  )
  await refused('create-connection --cli-input-json {"loction":"x"}', /no member 'loction' \(did you mean location\?\)/)
  await refused('create-connection --cli-input-json [1]', /--cli-input-json must hold a structure/)
  await refused('create-connection --cli-input-json {', /--cli-input-json: it is no JSON/)
  await refused('create-connection --cli-input-yaml location:\t[x', /--cli-input-yaml: it is no YAML, from line 1/)
  await refused('create-connection --cli-input-yaml *x', /--cli-input-yaml: it is no YAML/)
  await refused('create-connection --cli-input-json {} --cli-input-yaml a', /only one of them may be there/)
  await refused(
    'create-connection --cli-input-json file:///dev/null/input',
    /file:\/\/\/dev\/null\/input: there is no such file/,
  )
  const lag = 'create-lag --location x --connections-bandwidth x --lag-name x'
  await refused(`${lag} --number-of-connections two`, /--number-of-connections two: it must be a whole number/)
  await refused(
    `${lag} --number-of-connections 1 --tags key=a,key=b`,
    /--tags: in the shorthand the key 'key' is there twice/,
  )
  await refused(`${lag} --number-of-connections 1 --tags ke=a`, /--tags has no member 'ke' \(did you mean key\?\)/)
  await refused(`${lag} --number-of-connections 1 --tags a`, /--tags: in the shorthand '=' is expected at its end/)
  await refused(`${lag} --number-of-connections 1 --tags [{"key":1}]`, /--tags\[0\]\.key must be a text, not a number/)
})

test('a key for BGP is in no message, also where it cannot be read', async () => {
  const command = ['create-bgp-peer', '--virtual-interface-id', 'dxvif-1', '--new-bgp-peer']
  for (const value of [
    'asn=1,authKey=my-secret,',
    '{"authKey": "my-secret", }',
    '{"authKey": {"my-secret": 1}, "asn": "my-secret"}',
    "authKey='my-secret",
  ]) {
    const { status, stderr } = await crossconnect([...command, value])
    assert.equal(status, 2, value)
    assert.ok(!stderr.includes('my-secret'), stderr)
  }
})

test('the service said no: what the AWS CLI prints, exit code 1', async () => {
  await using server = await startServer()
  const { status, stdout, stderr } = await crossconnect([
    'describe-loa',
    '--connection-id',
    'dxcon-1',
    '--endpoint-url',
    server.url,
  ])
  assert.deepEqual([status, stdout], [1, ''])
  assert.equal(
    stderr,
    '\nAn error occurred (DirectConnectClientException) when calling the DescribeLoa operation: Could not find Connection with ID dxcon-1\n',
  )
})

test('a hostile name is shown on a terminal, not obeyed; a pipe gets what the service said', async () => {
  await using server = await startServer({ timing: 'instant' })
  const connectionName = 'a\u001b[2J\u009b31m\u202eb'
  await rawClient(server)('CreateConnection', { location: 'EqDC2', bandwidth: '1Gbps', connectionName })
  const shown = async (output: string, terminal?: number) => {
    const words = [
      'describe-connections',
      '--query',
      'connections[].[connectionName]',
      '--output',
      output,
      '--endpoint-url',
      server.url,
      '--color',
      'off',
    ]
    return (await crossconnect(words, terminal === undefined ? {} : { terminal })).stdout
  }
  for (const output of ['json', 'yaml', 'table', 'text']) {
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    assert.doesNotMatch(await shown(output, 80), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/, output)
  }
  assert.equal(JSON.parse(await shown('json', 80))[0][0], connectionName)
  assert.equal(await shown('text'), `${connectionName}\n`)
})

test('every command has its help, with an example and lines of at most 80 columns', async () => {
  for (const name of commandNames.keys()) {
    const [help, other] = await Promise.all([crossconnect([name, '--help']), crossconnect([name, 'help'])])
    assert.deepEqual([help.status, help.stderr, help.stdout], [0, '', other.stdout])
    assert.match(help.stdout, /\nUsage: crossconnect /)
    assert.match(help.stdout, /\nExample:\n {2}crossconnect /)
    const tooLong = help.stdout.split('\n').filter((line) => line.length > 80 && line.includes(' ', 28))
    assert.deepEqual(
      tooLong.filter((line) => !line.startsWith('  crossconnect ')),
      [],
      name,
    )
  }
  const { stdout } = await crossconnect([])
  assert.equal(stdout, (await crossconnect(['help'])).stdout)
})

test('the help takes less than 80 ms of process time', () => {
  const cache = mkdtempSync(join(tmpdir(), 'crossconnect-cache-'))
  try {
    for (const words of ['--help', 'create-private-virtual-interface --help']) {
      const line = `TIMEFORMAT='%U %S'; time '${process.execPath}' '${binary}' ${words}`
      const milliseconds = Array.from({ length: 8 }, () => {
        // As `npm run cli` has it; an installed package needs no TypeScript to be stripped and keeps its own cache.
        const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache }
        const { stderr } = spawnSync('/bin/bash', ['-c', line], {
          env,
          encoding: 'utf8',
          stdio: ['ignore', 'ignore', 'pipe'],
        })
        const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number)
        return 1000 * (user + system)
      })
      assert.ok(Math.min(...milliseconds) < 80, `${words}: ${milliseconds.map(Math.round).join(', ')} ms`)
    }
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
})

test('a reader that has seen enough ends the command quietly', async () => {
  await using server = await startServer()
  const child = spawn(process.execPath, [binary, 'describe-locations', '--endpoint-url', server.url], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdout.destroy()
  await once(child, 'close')
  assert.equal(stderr, '')
})

test('the binary answers like a program: its version, and codes for the shell', async () => {
  await using server = await startServer()
  const environment = { AWS_ENDPOINT_URL: server.url, HOME: server.data }
  const [version, done, no, wrong] = await Promise.all([
    crossconnectProcess(['--version'], environment),
    crossconnectProcess(['describe-customer-metadata', '--query', 'nniPartnerType'], environment),
    crossconnectProcess(['describe-loa', '--connection-id', 'dxcon-1'], environment),
    crossconnectProcess(['--region', 'x', 'describe-loa', '--bogus'], environment),
  ])
  assert.match(version.stdout, /^crossconnect\/\d+\.\d+\.\d+\n$/)
  assert.deepEqual([done.status, done.stdout, done.stderr], [0, '"nonPartner"\n', ''])
  assert.deepEqual([no.status, wrong.status], [1, 2])
})

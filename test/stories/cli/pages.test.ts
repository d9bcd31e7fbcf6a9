import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startAwsCli } from '../../tools/aws-cli-driver.ts'
import { awsCli, skipWithout } from '../../tools/clients.ts'
import { crossconnect } from '../../tools/crossconnect.ts'
import { rawClient } from '../../tools/raw.ts'
import { startRelay } from '../../tools/relay.ts'
import { startServer, type TestServer } from '../../tools/server.ts'
import { known } from './side-by-side.ts'

const environment = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' }

async function withGateways(server: TestServer, count: number): Promise<void> {
  const ask = rawClient(server)
  for (let number = 1; number <= count; number++)
    await ask('CreateDirectConnectGateway', { directConnectGatewayName: `gateway ${number}` })
  await server.advance(1)
}

test(
  'lists are paged as the AWS CLI pages them: the same requests, the same output',
  skipWithout('the AWS CLI', awsCli),
  async () => {
    await using server = await startServer({ timing: 'instant', quotas: 'none' })
    await using relay = await startRelay(server.url)
    await using aws = await startAwsCli(server)
    await withGateways(server, 7)
    const names = ['--query', 'directConnectGateways[].[directConnectGatewayName]']
    const { output } = aws.model.operations['DescribeDirectConnectGateways'] ?? {}
    const shown = (_: string, answer: string) => JSON.stringify(known(aws.model, output?.shape, JSON.parse(answer)))
    const same = async (...options: readonly string[]) => {
      const words = ['describe-direct-connect-gateways', ...options, '--endpoint-url', relay.url]
      relay.record(shown)
      const ours = await crossconnect(words, { environment })
      const exchanges = relay.exchanges()
      relay.replay(exchanges, (_, answer) => answer)
      const theirs = await aws.run(words)
      assert.deepEqual(
        [ours.status, ours.stdout, exchanges.map(({ body }) => body)],
        [theirs.status, theirs.stdout, relay.exchanges().map(({ body }) => body)],
        options.join(' '),
      )
      return ours.stdout
    }
    for (const output of ['json', 'text', 'table']) {
      await same('--output', output)
      await same('--page-size', '3', '--output', output)
      await same('--page-size', '3', '--max-items', '4', '--output', output)
      await same('--page-size', '2', '--max-items', '4', '--output', output)
      await same('--max-items', '7', '--output', output)
      await same('--max-items', '0', '--output', output)
      await same('--no-paginate', '--output', output)
      await same('--max-results', '2', '--output', output)
      await same('--cli-input-json', '{"maxResults": 2}', '--output', output)
      await same('--page-size', '3', ...names, '--output', output)
      // Its tables have no room for a number alone; ours do.
      if (output !== 'table')
        await same('--page-size', '3', '--query', 'length(directConnectGateways)', '--output', output)
      await same('--page-size', '3', '--max-items', '4', ...names, '--output', output)
    }
    const { NextToken: inside } = JSON.parse(await same('--page-size', '3', '--max-items', '4'))
    const { NextToken: onTheEdge } = JSON.parse(await same('--page-size', '3', '--max-items', '3'))
    for (const token of [inside, onTheEdge]) {
      await same('--starting-token', token, '--page-size', '3')
      await same('--starting-token', token, '--page-size', '3', '--max-items', '1', '--output', 'text')
      await same('--starting-token', token, '--page-size', '3', '--max-items', '2')
    }
  },
)

test('all pages are followed, also of lists of which old clients see the first 100 only', async () => {
  await using server = await startServer({ timing: 'instant', quotas: 'none' })
  const ask = rawClient(server)
  const order = (number: number) => ({ location: 'EqDC2', bandwidth: number % 2 ? '1Gbps' : '10Gbps' })
  await Promise.all(
    Array.from({ length: 101 }, (_, number) =>
      ask('CreateConnection', { ...order(number), connectionName: `port ${number}` }),
    ),
  )
  const run = async (...words: readonly string[]) => {
    const { status, stdout, stderr } = await crossconnect([...words, '--endpoint-url', server.url], { environment })
    assert.deepEqual([status, stderr], [0, ''])
    return stdout
  }
  assert.equal(JSON.parse(await run('describe-connections')).connections.length, 101)
  assert.equal(await run('describe-connections', '--query', 'length(connections)'), '101\n')
  const first = JSON.parse(await run('describe-connections', '--no-paginate'))
  assert.deepEqual([first.connections.length, typeof first.nextToken], [100, 'string'])
  const lines = await run('describe-connections', '--query', 'connections[].[connectionId]', '--output', 'text')
  assert.equal(new Set(lines.trim().split('\n')).size, 101)
})

test('what does not go with the following of pages is refused', async () => {
  const refused = async (why: RegExp, ...words: readonly string[]) => {
    const { status, stderr } = await crossconnect([...words, '--endpoint-url', 'http://127.0.0.1:1'], { environment })
    assert.equal(status, 2)
    assert.match(stderr, why)
  }
  await refused(/--no-paginate does not go with --max-items/, 'describe-lags', '--no-paginate', '--max-items', '1')
  await refused(/--max-results does not go with --page-size/, 'describe-lags', '--max-results', '5', '--page-size', '1')
  await refused(/--starting-token nonsense: it is no NextToken/, 'describe-lags', '--starting-token', 'nonsense')
  await refused(/--max-items -1: it must be at least 0/, 'describe-lags', '--max-items', '-1')
  await refused(/--page-size x: it must be a whole number/, 'describe-lags', '--page-size', 'x')
  await refused(/unknown option --max-items/, 'describe-locations', '--max-items', '1')
})

// The command line beside the installed AWS CLI: the story of all operations is told with our commands, and each command is
// then given to the AWS CLI too, which gets the very answers that the server gave to ours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOperationName } from '../../../src/contract/operations.ts'
import { type AwsCli, startAwsCli } from '../../tools/aws-cli-driver.ts'
import { awsCli, skipWithout } from '../../tools/clients.ts'
import { crossconnect } from '../../tools/crossconnect.ts'
import { wireClient } from '../../tools/every-client.ts'
import { type Relay, startRelay } from '../../tools/relay.ts'
import { startServer, type TestServer } from '../../tools/server.ts'
import { beginning, type Cast, goodbye, type Teller } from '../every-operation.ts'
import { known, wordsOf } from './side-by-side.ts'

/** Tells the story with our command line; what the AWS CLI knows, it is asked too. */
function cast(server: TestServer, relay: Relay, aws: AwsCli, compared: Map<string, number>): Cast {
  const { model } = aws
  /** The answer without what the AWS CLI would not show. */
  const shown = (operation: string, answer: string) => {
    const declared = model.operations[operation]
    return declared === undefined ? answer : JSON.stringify(known(model, declared.output?.shape, JSON.parse(answer)))
  }
  const whole = (_operation: string, answer: string) => answer

  const teller = (account: string): Teller => {
    const environment = { AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'test' }
    const ours = (words: readonly string[]) =>
      crossconnect([...words, '--endpoint-url', relay.url, '--region', 'us-east-1'], { environment })
    const theirs = (words: readonly string[]) => aws.run([...words, '--endpoint-url', relay.url], environment)

    const ask = async (operation: string, input: object = {}): Promise<unknown> => {
      relay.record(shown)
      const words = wordsOf(operation, input)
      const told = await ours(words)
      assert.deepEqual([told.status, told.stderr], [0, ''], words.join(' '))
      const exchanges = relay.exchanges()
      const declared = model.operations[operation]
      const times = compared.get(operation) ?? 0
      if (declared !== undefined && times < 2) {
        const common = wordsOf(operation, Object(known(model, declared.input?.shape, input)))
        const asked = exchanges.map(({ body }): unknown => known(model, declared.input?.shape, body))
        for (const output of times === 0 ? ['json', 'text', 'table'] : ['json', 'text']) {
          relay.replay(exchanges, whole)
          const { stdout, stderr, status } = await theirs([...common, '--output', output])
          assert.deepEqual([status, stderr], [0, ''], common.join(' '))
          assert.deepEqual(
            relay.exchanges().map(({ body }) => body),
            asked,
          )
          relay.replay(exchanges, shown)
          const again = await ours([...words, '--output', output])
          assert.equal(again.stdout, stdout, `${words.join(' ')} --output ${output}`)
        }
        compared.set(operation, times + 1)
      }
      return told.stdout === '' ? {} : JSON.parse(told.stdout)
    }
    return { account, ask, ec2: (operation, input = {}) => wireClient(server).call(account, operation, input, 'ec2') }
  }
  return {
    alice: teller('111122223334'),
    bob: teller('444455556667'),
    partner: { ...teller('partner'), account: '111111111111' },
    server,
    settle: () => server.advance(1),
    number: 0,
  }
}

test(
  'of every operation that the AWS CLI knows, the same command asks the same and prints the same',
  skipWithout('the AWS CLI', awsCli),
  async () => {
    await using server = await startServer({ timing: 'instant' })
    await using relay = await startRelay(server.url)
    await using aws = await startAwsCli(server)
    const compared = new Map<string, number>()
    const told = cast(server, relay, aws, compared)
    await goodbye(told, await beginning(told))
    assert.deepEqual(
      Object.keys(aws.model.operations).filter((name) => !compared.has(name)),
      [],
    )
    assert.ok(compared.size >= 63 && [...compared.keys()].every(isOperationName))
  },
)

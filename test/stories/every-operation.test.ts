// Every operation, called by each client that knows it, in the order in which somebody would: one story, told through the
// SDK for JavaScript, through boto3, and without a client. The audit trail says in the end who called what.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api } from '../../src/api.ts'
import { isOperationName, operations } from '../../src/contract/operations.ts'
import type { OperationName } from '../../src/contract/types.ts'
import { awsCli, python, skipWithout } from '../tools/clients.ts'
import { boto3Client, cliClient, type EveryClient, misfits, sdkClient, wireClient } from '../tools/every-client.ts'
import { startServer, type TestServer } from '../tools/server.ts'
import { beginning, type Cast, goodbye, type Teller } from './every-operation.ts'

const built = Object.keys(api)
  .filter(isOperationName)
  .filter((name) => api[name] !== null)

/** Holds every answer against the contract, where the client got one. */
function cast(server: TestServer, client: EveryClient, number: number): Cast & { readonly wrong: readonly string[] } {
  const wrong: string[] = []
  const wire = wireClient(server)
  const teller = (account: string): Teller => ({
    account,
    async ask(operation, input = {}) {
      if (api[operation] === null) return {}
      const answer = await (client.knows(operation) ? client : wire).call(account, operation, input)
      wrong.push(...misfits(operations[operation].output, answer).map((misfit) => `${operation}: ${misfit}`))
      return answer
    },
    ec2: (operation, input = {}) => client.call(account, operation, input, 'ec2'),
  })
  return {
    alice: teller(`11112222333${number}`),
    bob: teller(`44445555666${number}`),
    partner: { ...teller('partner'), account: '111111111111' },
    server,
    settle: () => server.advance(1),
    number,
    wrong,
  }
}

interface AuditedCall {
  readonly eventSource: string
  readonly eventName: string
  readonly userAgent: string
  readonly errorCode?: string
  readonly errorMessage?: string
}

async function auditTrail(server: TestServer): Promise<readonly AuditedCall[]> {
  const calls: AuditedCall[] = []
  for (let page = ''; ; ) {
    const { events, nextToken } = await server.operator('GET', `/audit?limit=100${page}`)
    calls.push(...events.filter((event: AuditedCall) => event.eventSource === 'directconnect.amazonaws.com'))
    if (nextToken === undefined) return calls
    page = `&nextToken=${encodeURIComponent(nextToken)}`
  }
}

/** Nobody was refused anything, and of what it knows this client got an answer to all of these. */
async function checkAnswered(server: TestServer, clients: readonly EveryClient[], names: readonly OperationName[]) {
  const calls = await auditTrail(server)
  assert.deepEqual(
    calls.filter(({ errorCode }) => errorCode !== undefined),
    [],
  )
  for (const { userAgent, knows } of clients) {
    const answered = new Set(calls.filter((call) => userAgent.test(call.userAgent)).map((call) => call.eventName))
    const missing = names.filter((name) => knows(name) && !answered.has(name))
    assert.deepEqual(missing, [], `not answered to ${userAgent}`)
  }
}

test(
  'boto3 and the SDK for JavaScript understand the answers of all that they know, and all are as the contract says',
  skipWithout('boto3', python),
  async () => {
    await using server = await startServer({ timing: 'instant', audit: 'reads' })
    await using boto3 = await boto3Client(server)
    const clients = [wireClient(server), sdkClient(server), boto3]
    for (const [number, client] of clients.entries()) {
      const known = Object.keys(operations).filter(client.knows)
      assert.ok(known.length >= 60, `${client.userAgent} knows ${known.length}`)
      const told = cast(server, client, number)
      await goodbye(told, await beginning(told))
      assert.deepEqual(told.wrong, [], `as ${client.userAgent} has it`)
    }
    await checkAnswered(server, clients, built)
  },
)

test('the AWS CLI understands what it is answered', skipWithout('the AWS CLI', awsCli), async () => {
  await using server = await startServer({ timing: 'instant', audit: 'reads' })
  const { connectionIds, lagId, gateways, carried } = await beginning(cast(server, wireClient(server), 0))
  const cli = cliClient(server)
  const { alice, wrong } = cast(server, cli, 0)
  const [connectionId] = connectionIds
  const routerTypeIdentifier = 'CiscoSystemsInc-2900SeriesRouters-IOS124'
  const resourceArn = `arn:aws:directconnect:us-east-1:${alice.account}:dxcon/${connectionId}`
  const asked = {
    DescribeLocations: {},
    DescribeCustomerMetadata: {},
    CreateConnection: { location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'by hand' },
    DescribeConnections: {},
    DescribeLoa: { connectionId },
    DescribeLags: { lagId },
    DescribeVirtualInterfaces: { connectionId },
    CreateBGPPeer: { virtualInterfaceId: carried.own, newBGPPeer: { addressFamily: 'ipv6', asn: 65_000 } },
    DescribeRouterConfiguration: { virtualInterfaceId: carried.own, routerTypeIdentifier },
    DescribeDirectConnectGateways: {},
    DescribeDirectConnectGatewayAssociations: { associationId: gateways.association },
    DescribeDirectConnectGatewayAttachments: { virtualInterfaceId: carried.own },
    DescribeTags: { resourceArns: [resourceArn] },
    ListVirtualInterfaceTestHistory: { virtualInterfaceId: carried.own },
  }
  const names = Object.keys(asked).filter(isOperationName)
  await Promise.all(Object.entries(asked).map(([name, input]) => isOperationName(name) && alice.ask(name, input)))
  assert.deepEqual(wrong, [])
  await checkAnswered(
    server,
    [cli],
    names.filter((name) => built.includes(name)),
  )
})

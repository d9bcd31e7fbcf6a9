// Customers and an operator who send whatever comes to their minds, one after another: each is told what was wrong, nothing
// fails by our own fault, and after it all that is stored is sound and shown as it is.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { companionErrors } from '../../src/contract/companion-errors.ts'
import { errorsOf, isOperationName, operations } from '../../src/contract/operations.ts'
import type { OperationName } from '../../src/contract/types.ts'
import { brokenIn } from '../invariants/invariants.ts'
import { type Rows, rowsOfPostgres, rowsOfSqlite } from '../invariants/rows.ts'
import { disagreements } from '../invariants/seen.ts'
import { skipWithout } from '../tools/clients.ts'
import { operator } from '../tools/operator.ts'
import { postgresCluster, postgresPrograms } from '../tools/postgres.ts'
import { startServer, type TestServer } from '../tools/server.ts'
import { call, send, signed } from '../wire/signed.ts'
import { companionMisfits } from './companion-fits.ts'
import { type CompanionCall, companionRequest, companionStep } from './companion-inputs.ts'
import { misfits } from './fits.ts'
import { inputOf, keys } from './inputs.ts'
import { createMemory, type Memory } from './memory.ts'
import { type OperatorCall, operatorCall } from './operator-inputs.ts'

const isLong = process.env['CROSSCONNECT_LONG'] === '1'
const steps = 44

/** What is made is what the rest is about. */
const often: readonly OperationName[] = [
  'CreateConnection',
  'CreateConnection',
  'CreateInterconnect',
  'CreateLag',
  'CreateDirectConnectGateway',
  'CreatePrivateVirtualInterface',
  'CreatePrivateVirtualInterface',
  'CreatePublicVirtualInterface',
  'CreateTransitVirtualInterface',
  'AllocatePrivateVirtualInterface',
  'AllocateHostedConnection',
  'CreateBGPPeer',
  'CreateResiliencyGroup',
  'AssociateConnectionsToResiliencyGroup',
  'CreateDirectConnectGatewayAssociation',
  'DeleteConnection',
  'DeleteVirtualInterface',
  'AssociateConnectionWithLag',
  'DisassociateConnectionFromLag',
  'AssociateVirtualInterface',
]

type Step =
  | { readonly by: (typeof keys)[number]; readonly operation: OperationName; readonly input: object }
  | { readonly by: (typeof keys)[number]; readonly companion: CompanionCall }
  | { readonly by: 'operator'; readonly call: OperatorCall }

const odds = { likely: 40, anything: 1, absent: 1, absentOptional: 250 }

const operation = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...often) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(operations).filter(isOperationName)) },
)

const customerStep: fc.Arbitrary<Step> = operation.chain((name) =>
  fc.record({
    by: fc.constantFrom('test', 'test', 'test', ...keys),
    operation: fc.constant(name),
    input: inputOf(name, odds),
  }),
)
const operatorStep: fc.Arbitrary<Step> = fc.record({ by: fc.constant('operator'), call: operatorCall })
const step = fc.oneof(
  { weight: 5, arbitrary: customerStep },
  { weight: 3, arbitrary: companionStep },
  { weight: 1, arbitrary: operatorStep },
)

/** With what a sequence begins, so that most of it is about something. */
const beginning: readonly Exclude<Step, { readonly by: 'operator' }>[] = [
  {
    by: 'test',
    operation: 'CreateLag',
    input: { location: 'EqDC2', connectionsBandwidth: '1Gbps', numberOfConnections: 2, lagName: 'l' },
  },
  {
    by: 'partner',
    operation: 'CreateInterconnect',
    input: { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'i' },
  },
  { by: 'test', operation: 'CreateDirectConnectGateway', input: { directConnectGatewayName: 'g' } },
  { by: 'test', operation: 'CreateConnection', input: { location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'a' } },
  { by: 'test', operation: 'CreateConnection', input: { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'b' } },
  {
    by: 'test',
    operation: 'CreatePrivateVirtualInterface',
    input: {
      connectionId: '@dxcon 0',
      newPrivateVirtualInterface: {
        virtualInterfaceName: 'v',
        vlan: 101,
        asn: 65_000,
        directConnectGatewayId: '@uuid 0',
      },
    },
  },
  { by: 'test', companion: { service: 'ec2', action: 'CreateVpc', input: { CidrBlock: '10.0.0.0/16' } } },
  {
    by: 'test',
    companion: { service: 'ec2', action: 'CreateSubnet', input: { VpcId: '@vpc 0', CidrBlock: '10.0.0.0/24' } },
  },
  { by: 'test', companion: { service: 'ec2', action: 'CreateTransitGateway', input: {} } },
  { by: 'test', companion: { service: 'ec2', action: 'CreateVpnGateway', input: { Type: 'ipsec.1' } } },
  {
    by: 'test',
    companion: { service: 'ec2', action: 'AttachVpnGateway', input: { VpcId: '@vpc 0', VpnGatewayId: '@vgw 0' } },
  },
  {
    by: 'test',
    operation: 'CreateDirectConnectGatewayAssociation',
    input: { directConnectGatewayId: '@uuid 0', virtualGatewayId: '@vgw 0' },
  },
]

interface World {
  readonly server: TestServer
  readonly rows: () => Rows | Promise<Rows>
}

async function holds({ server, rows }: World, sequence: readonly Step[], accepted: Map<string, number>) {
  await server.operator('POST', '/reset')
  const memory = createMemory()
  for (const each of beginning) {
    assert.equal(await sent(server, each, memory), true, JSON.stringify(each))
    await server.advance(1)
  }
  for (const each of sequence) {
    const yes = await sent(server, each, memory)
    const name = 'call' in each ? each.call.name : 'companion' in each ? each.companion.action : each.operation
    if (yes) accepted.set(name, (accepted.get(name) ?? 0) + 1)
  }
  const stored = await rows()
  assert.deepEqual(brokenIn(stored), [])
  assert.deepEqual(await disagreements(server.url, stored, ['000000000000', '111111111111', '111122223333']), [])
}

function sent(server: TestServer, each: Step, memory: Memory): Promise<boolean> {
  if ('call' in each) return operated(server, each.call, memory)
  return 'companion' in each ? accompanied(server, each, memory) : asked(server, each, memory)
}

async function asked(server: TestServer, each: Extract<Step, { readonly operation: OperationName }>, memory: Memory) {
  const { by, operation: target, input } = each
  const body = JSON.stringify(memory.granted(by, input))
  const { status, json, code, text } = await call(server.url, { target, body, key: by })
  const what = `${target} ${body}: ${text}`
  if (status === 200) {
    memory.saw(by, text)
    assert.deepEqual(misfits(target, json), [], what)
    return true
  }
  const declared = errorsOf(target).filter((error) => error !== 'DirectConnectServerException')
  assert.equal(status, 400, what)
  assert.ok(
    [...declared, 'SerializationException'].some((error) => error === code),
    what,
  )
  assert.ok(json.message.length > 0 && json.message.length < 1_000, what)
  return false
}

async function accompanied(
  server: TestServer,
  { by, companion }: Extract<Step, { readonly companion: CompanionCall }>,
  memory: Memory,
) {
  const granted = memory.granted(by, companion)
  const { service, action, input } = granted
  const answer = await send(server.url, await signed(server.url, { service, ...companionRequest(granted), key: by }))
  const { status, text } = answer
  const what = `${action} ${JSON.stringify(input)}: ${status} ${text}`
  if (status === 200) {
    // Whoever asks for a gateway by its UUID does not ask for a request.
    memory.saw(by, text.replace(/<requestId>[^<]*/i, ''))
    assert.deepEqual(companionMisfits(service, action, text), [], what)
    return true
  }
  assert.ok(status < 500, what)
  const code = answer.code ?? /<Code>([\w.]+)<\/Code><Message>[^]+<\/Message>/.exec(text)?.[1] ?? ''
  assert.ok(Object.hasOwn(companionErrors, code), what)
  return false
}

async function operated(server: TestServer, each: OperatorCall, memory: Memory) {
  const { method, path, parameters, query, body } = memory.granted('operator', each)
  const place = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(parameters[name]).toWellFormed()),
  )
  const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  const search = new URLSearchParams(asked).toString()
  const answer = await operator(server, method, search === '' ? place : `${place}?${search}`, body)
  assert.ok(answer.status < 500, `${method} ${place} ${JSON.stringify(body)}: ${answer.message}`)
  memory.saw('operator', JSON.stringify(answer.body ?? null))
  return answer.status < 300
}

const stores = [
  {
    name: 'sqlite',
    sequences: isLong ? 2_000 : 40,
    skip: false as const,
    async world(): Promise<World & AsyncDisposable> {
      const server = await startServer({ database: null, timing: 'instant' })
      const rows = () => rowsOfSqlite(join(server.data, 'crossconnect.sqlite'))
      return { server, rows, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
    },
  },
  {
    name: 'postgres',
    sequences: isLong ? 500 : 8,
    ...skipWithout('fuzzing on PostgreSQL', postgresPrograms),
    async world(): Promise<World & AsyncDisposable> {
      const database = (await postgresCluster()).database('fuzz')
      const server = await startServer({ database, timing: 'instant' })
      return {
        server,
        rows: () => rowsOfPostgres(database),
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
      }
    },
  },
]

for (const { name, sequences, skip, world } of stores)
  test(`${name}: whatever customers and the operator send, nothing fails by our own fault and all stays sound`, {
    skip,
  }, async (t) => {
    await using here = await world()
    const accepted = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: steps / 2, maxLength: steps, size: 'max' }), (sequence) =>
        holds(here, sequence, accepted),
      ),
      { numRuns: sequences },
    )
    const sum = [...accepted.values()].reduce((total, count) => total + count, 0)
    t.diagnostic(`${sum} requests of ${accepted.size} operations were accepted in ${sequences} sequences`)
  })

// The clients that people have, behind one way to call: by the operation's name, with its input as data.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import * as directConnect from '@aws-sdk/client-direct-connect'
import * as ec2 from '@aws-sdk/client-ec2'
import type { Constraint } from '../../src/contract/constraints.ts'
import { enums } from '../../src/contract/enums.ts'
import { type MemberType, membersOf } from '../../src/contract/notation.ts'
import type { StructureName } from '../../src/contract/structures.ts'
import { python } from './clients.ts'
import { ec2 as ec2Client } from './companions.ts'
import { rawClient } from './raw.ts'
import { awsDirectConnect } from './run.ts'
import type { TestServer } from './server.ts'

export type Service = 'directconnect' | 'ec2'

export interface EveryClient extends AsyncDisposable {
  /** What its requests call it. */
  readonly userAgent: RegExp
  readonly knows: (operation: string) => boolean
  /** Answers what the client made of the answer; rejects with what it throws. */
  // oxlint-disable-next-line typescript/no-explicit-any -- stories look at answers whose types they state themselves
  readonly call: (key: string, operation: string, input: object, service?: Service) => Promise<any>
}

/** The official SDK for JavaScript. */
export function sdkClient(server: TestServer): EveryClient {
  return {
    userAgent: /^aws-sdk-js\//,
    knows: (operation) => Object.hasOwn(directConnect, `${operation}Command`),
    async call(key, operation, input, service = 'directconnect') {
      const sdk = service === 'ec2' ? ec2 : directConnect
      const client = service === 'ec2' ? ec2Client(server, key) : server.client(key)
      const command = Reflect.construct(Reflect.get(sdk, `${operation}Command`), [input])
      const { $metadata: _metadata, ...answer } = await Reflect.apply(client.send, client, [command])
      return answer
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** No client at all: what is on the wire, of every operation. What belongs to EC2 goes through the SDK. */
export function wireClient(server: TestServer): EveryClient {
  const sdk = sdkClient(server)
  return {
    userAgent: /^$/,
    knows: () => true,
    call: (key, operation, input, service) =>
      service === 'ec2' ? sdk.call(key, operation, input, service) : rawClient(server, key)(operation, input),
    async [Symbol.asyncDispose]() {},
  }
}

/** A process for each call. */
export function cliClient(server: TestServer): EveryClient {
  return {
    userAgent: /^aws-cli\//,
    knows: () => true,
    async call(key, operation, input) {
      const command = operation.replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase()
      const args = [command, '--cli-input-json', JSON.stringify(input)]
      const { status, stdout, stderr } = await awsDirectConnect(server, args, { key })
      if (status !== 0) throw new Error(`${command}: ${stderr.trim()}`)
      return JSON.parse(stdout, (name, value) => (name.endsWith('Time') ? new Date(value) : value))
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** One boto3 for a whole story, so that Python starts once. */
export async function boto3Client(server: TestServer): Promise<EveryClient> {
  if (python === undefined) throw new Error('boto3 is not installed')
  const environment = { AWS_MAX_ATTEMPTS: '1', AWS_DEFAULT_REGION: 'us-east-1', ENDPOINT: server.url }
  const child = spawn(python, ['-c', callInTurn], {
    env: { PATH: process.env['PATH'], HOME: server.data, AWS_EC2_METADATA_DISABLED: 'true', ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const answered = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('boto3 has ended')
    return JSON.parse(value, revived)
  }
  const known = new Set<string>(await answered())
  return {
    userAgent: /^Boto3\//,
    knows: (operation) => known.has(operation),
    async call(key, operation, input, service = 'directconnect') {
      child.stdin.write(`${JSON.stringify({ key, operation, input, service })}\n`)
      const { answer, error } = await answered()
      if (error !== undefined) throw new Error(error)
      return answer
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
    },
  }
}

/** First the names of the operations that it knows; then a line for each line. Members newer than it are left out. */
const callInTurn = `
import base64, boto3, datetime, functools, json, os, sys
from botocore import xform_name
@functools.cache
def client(service, key):
    return boto3.client(service, endpoint_url=os.environ['ENDPOINT'], aws_access_key_id=key, aws_secret_access_key='test')
def marked(value):
    if isinstance(value, datetime.datetime):
        return {'$time': value.timestamp() * 1000}
    if isinstance(value, bytes):
        return {'$bytes': base64.b64encode(value).decode()}
    raise TypeError(type(value))
def say(value):
    print(json.dumps(value, default=marked), flush=True)
def known(shape, value):
    if shape.type_name == 'structure':
        return {name: known(shape.members[name], each) for name, each in value.items() if name in shape.members}
    return [known(shape.member, each) for each in value] if shape.type_name == 'list' else value
say(list(client('directconnect', 'test').meta.service_model.operation_names))
for line in sys.stdin:
    asked = json.loads(line)
    try:
        dx = client(asked['service'], asked['key'])
        taken = dx.meta.service_model.operation_model(asked['operation']).input_shape
        answer = getattr(dx, xform_name(asked['operation']))(**known(taken, asked['input']) if taken else {})
        del answer['ResponseMetadata']
        say({'answer': answer})
    except Exception as error:
        say({'error': type(error).__name__ + ': ' + str(error)})
`

function revived(_name: string, value: unknown): unknown {
  if (!isObject(value)) return value
  if (typeof value['$time'] === 'number') return new Date(value['$time'])
  if (typeof value['$bytes'] === 'string') return Buffer.from(value['$bytes'], 'base64')
  return value
}

/**
 * What of an answer is not as the contract says: members that are not declared or missing, and values of another type,
 * enum or form. Times and bytes are those of the wire, or what a client makes of them.
 */
export function misfits(structure: StructureName, answer: unknown): readonly string[] {
  return misfitsIn({ kind: 'structure', name: structure }, answer, structure)
}

function misfitsIn(type: MemberType, value: unknown, place: string): readonly string[] {
  const unless = (fits: boolean) => (fits ? [] : [`${place}: ${JSON.stringify(value)} is no ${type.kind}`])
  switch (type.kind) {
    case 'structure': {
      if (!isObject(value)) return unless(false)
      const members = membersOf(type.name)
      const undeclared = Object.keys(value).filter((name) => members.every((member) => member.name !== name))
      return [
        ...undeclared.map((name) => `${place}.${name} is not declared`),
        ...members.flatMap(({ name, required, type: declared }) => {
          if (value[name] === undefined) return required ? [`${place}.${name} is missing`] : []
          return misfitsIn(declared, value[name], `${place}.${name}`)
        }),
      ]
    }
    case 'list':
      if (!Array.isArray(value)) return unless(false)
      return value.flatMap((item, index) => misfitsIn(type.item, item, `${place}[${index}]`))
    case 'timestamp':
      return unless(value instanceof Date ? !Number.isNaN(value.getTime()) : isEpochSeconds(value))
    case 'blob':
      return unless(value instanceof Uint8Array || (typeof value === 'string' && base64.test(value)))
    case 'enum':
      return unless(enums[type.name].some((known) => known === value))
    case 'boolean':
      return unless(typeof value === 'boolean')
    case 'long':
      return unless(Number.isSafeInteger(value))
    case 'integer':
      return unless(typeof value === 'number' && (value | 0) === value && within(type.constraint, value))
    case 'string':
      return unless(typeof value === 'string' && within(type.constraint, [...value].length) && matches(type, value))
  }
}

const within = ({ min = -Infinity, max = Infinity }: Partial<Constraint> = {}, size: number) =>
  min <= size && size <= max

const matches = ({ constraint }: Extract<MemberType, { kind: 'string' | 'integer' }>, text: string) =>
  constraint?.pattern === undefined || new RegExp(constraint.pattern, 'u').test(text)

/** Of this century, so that milliseconds are told from seconds. */
const isEpochSeconds = (value: unknown) => typeof value === 'number' && value > 978_307_200 && value < 4_102_444_800

const base64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

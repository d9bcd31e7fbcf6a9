import { spawn } from 'node:child_process'
import { awsCli, python } from './clients.ts'
import type { TestServer } from './server.ts'

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Who signs, and in which Region. */
export interface As {
  /** `test`, `partner`, or an account of twelve digits. */
  readonly key?: string
  readonly region?: string
}

/** Runs a customer's tool with the environment that the banner tells people to export, and waits for its end. */
export function run(
  command: string,
  args: readonly string[],
  server: TestServer,
  as: As = {},
  input = '',
): Promise<Outcome> {
  const environment = {
    HOME: server.data,
    AWS_ACCESS_KEY_ID: as.key ?? 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: as.region ?? 'us-east-1',
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
    ENDPOINT: server.url,
  }
  return runWith(environment, command, args, { input })
}

/** Runs a program with this environment, where it finds programs as we do, and waits for its end. */
export function runWith(
  environment: Readonly<Record<string, string>>,
  command: string,
  args: readonly string[],
  { input = '', directory }: { readonly input?: string; readonly directory?: string } = {},
): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const child = spawn(command, args, {
    cwd: directory,
    env: { PATH: process.env['PATH'], AWS_EC2_METADATA_DISABLED: 'true', ...environment },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.on('error', reject)
  child.on('close', (status) => resolve({ status, stdout, stderr }))
  // A program may end before it has read everything; what it printed and its exit code tell.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return promise
}

/** A command of `aws directconnect`, without the endpoint: what it printed, as it printed it. */
export function awsDirectConnect(server: TestServer, args: readonly string[], as: As = {}): Promise<Outcome> {
  if (awsCli === undefined) throw new Error('the AWS CLI is not installed')
  return run(awsCli, ['directconnect', ...args, '--endpoint-url', server.url], server, as)
}

/** The same, as the JSON that it answers. Throws what the CLI says when it fails. */
// oxlint-disable-next-line typescript/no-explicit-any -- stories look at answers whose types they state themselves
export async function aws(server: TestServer, args: readonly string[], as: As = {}): Promise<any> {
  const { status, stdout, stderr } = await awsDirectConnect(server, args, as)
  if (status !== 0) throw new Error(stderr.trim())
  return stdout === '' ? undefined : JSON.parse(stdout)
}

/**
 * A script in which `dx` is boto3's client; what it prints as JSON. `client(key)` makes another account's, and
 * `refused(call, **arguments)` gives the code and the message with which a call is refused.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- stories look at answers whose types they state themselves
export async function boto3(server: TestServer, script: string, as: As = {}): Promise<any> {
  if (python === undefined) throw new Error('boto3 is not installed')
  const { status, stdout, stderr } = await run(python, ['-c', prelude + script], server, as)
  if (status !== 0) throw new Error(stderr.trim())
  return stdout === '' ? undefined : JSON.parse(stdout)
}

const prelude = `
import boto3, json, os
from botocore.exceptions import ClientError
def client(key, region=None):
    return boto3.client('directconnect', endpoint_url=os.environ['ENDPOINT'], aws_access_key_id=key,
                        aws_secret_access_key='test', region_name=region)
dx = client(os.environ['AWS_ACCESS_KEY_ID'])
def refused(call, **arguments):
    try:
        return {'answered': call(**arguments)}
    except ClientError as error:
        return {'code': error.response['Error']['Code'], 'message': error.response['Error']['Message']}
def show(value):
    value.pop('ResponseMetadata', None) if isinstance(value, dict) else None
    print(json.dumps(value, default=str))
`

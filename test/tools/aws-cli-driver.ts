// Many commands of the AWS CLI in one Python process, since each process costs a second: its own `main`, called in turn.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { awsCli } from './clients.ts'
import type { TestServer } from './server.ts'

export interface AwsCliOutcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface AwsCli extends AsyncDisposable {
  /** Of its model, by operation: what it knows of inputs and outputs. */
  readonly model: AwsCliModel
  /** The options of its commands, without dashes. */
  readonly options: Readonly<Record<string, readonly string[]>>
  /** A command of `aws directconnect`, with another environment than the process began with where `environment` says so. */
  readonly run: (args: readonly string[], environment?: Readonly<Record<string, string>>) => Promise<AwsCliOutcome>
  /** What its parser of shorthand makes of a text; undefined where it refuses it. */
  readonly shorthand: (text: string) => Promise<unknown>
}

export interface AwsCliModel {
  readonly operations: Readonly<Record<string, { readonly input?: Reference; readonly output?: Reference }>>
  readonly shapes: Readonly<Record<string, ModelShape>>
}

interface Reference {
  readonly shape: string
}

interface ModelShape {
  readonly type: string
  readonly members?: Readonly<Record<string, Reference>>
  readonly member?: Reference
}

/** Begins with the environment of a customer of `server`; nothing is sent until a command says where. */
export async function startAwsCli(server: TestServer): Promise<AwsCli> {
  if (awsCli === undefined) throw new Error('the AWS CLI is not installed')
  const environment = {
    HOME: server.data,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    LC_ALL: 'C.UTF-8',
  }
  const child = spawn('/usr/bin/python3', ['-c', inTurn], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const answered = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the AWS CLI has ended')
    return JSON.parse(value)
  }
  const ask = async (question: object) => {
    child.stdin.write(`${JSON.stringify(question)}\n`)
    return answered()
  }
  const { model, options } = await answered()
  return {
    model,
    options,
    run: (args, environment = {}) => ask({ args: ['directconnect', ...args], environment }),
    shorthand: async (text) => (await ask({ shorthand: text })).value,
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
    },
  }
}

const inTurn = `
import io, json, os, sys
import awscli.clidriver
from awscli.shorthand import ShorthandParser, ShorthandParseError
import botocore.loaders
out = sys.stdout
def say(value):
    out.write(json.dumps(value) + '\\n')
    out.flush()
driver = awscli.clidriver.create_clidriver()
commands = driver.subcommand_table['directconnect'].subcommand_table
say({
    'model': driver.session.get_component('data_loader').load_service_model('directconnect', 'service-2'),
    'options': {name: list(command.arg_table) for name, command in commands.items() if name not in ('help', 'wait')},
})
def run(args, environment):
    os.environ.update(environment)
    streams = [io.TextIOWrapper(io.BytesIO(), encoding='utf-8', newline='') for _ in range(2)]
    sys.stdout, sys.stderr = streams
    try:
        status = awscli.clidriver.create_clidriver().main(args)
    except SystemExit as end:
        status = end.code
    finally:
        sys.stdout, sys.stderr = out, sys.__stderr__
    for stream in streams:
        stream.flush()
    stdout, stderr = [stream.detach().getvalue().decode() for stream in streams]
    say({'status': status or 0, 'stdout': stdout, 'stderr': stderr})
for line in sys.stdin:
    asked = json.loads(line)
    if 'args' in asked:
        run(asked['args'], asked['environment'])
    else:
        try:
            say({'value': ShorthandParser().parse(asked['shorthand'])})
        except ShorthandParseError:
            say({})
`

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { banner } from './banner.ts'
import { type Options, parseOptions, UsageError, usage, withoutPassword } from './options.ts'

type Environment = Readonly<Record<string, string>>

function options(args: readonly string[], environment: Environment = {}): Options {
  const parsed = parseOptions(args, environment)
  assert.notEqual(parsed, 'help')
  return parsed === 'help' ? options([]) : parsed
}

const defaults: Options = {
  port: 7224,
  host: '127.0.0.1',
  data: '.crossconnect',
  timing: 'fast',
  provisioning: 'automatic',
  quotas: 'aws',
  audit: 'writes',
  throttle: Number.POSITIVE_INFINITY,
  developmentCredentials: true,
  publicUrl: null,
  operatorToken: undefined,
  logLevel: 'info',
  ipv6Block: '2001:db8:7224::/48',
  externalGateways: false,
  fabric: 'simulated',
  fabricCleanup: false,
  database: null,
  secretKey: undefined,
  seed: null,
}

test('without flags everything has its default', () => {
  assert.deepEqual(options([]), defaults)
})

/** A flag, a value that it takes, and what that makes of the options. */
const flags: readonly (readonly [name: string, value: string, means: Partial<Options>])[] = [
  ['port', '0', { port: 0 }],
  ['port', '65535', { port: 65_535 }],
  ['host', '::1', { host: '::1' }],
  ['host', 'localhost', { host: 'localhost' }],
  ['data', '/somewhere/else', { data: '/somewhere/else' }],
  ['timing', 'instant', { timing: 'instant' }],
  ['timing', 'fast', {}],
  ['timing', 'aws', { timing: 'aws', provisioning: 'manual' }],
  ['provisioning', 'automatic', {}],
  ['provisioning', 'manual', { provisioning: 'manual' }],
  ['fabric', 'simulated', {}],
  ['quotas', 'none', { quotas: 'none' }],
  ['audit', 'reads', { audit: 'reads' }],
  ['throttle', '5', { throttle: 5 }],
  ['external-gateways', 'accept', { externalGateways: true }],
  ['public-url', 'https://dx.example.net', { publicUrl: 'https://dx.example.net' }],
  ['public-url', 'http://192.0.2.7:7224/dx/', { publicUrl: 'http://192.0.2.7:7224/dx' }],
  ['ipv6-block', '2001:db8:1::/48', { ipv6Block: '2001:db8:1::/48' }],
  ['ipv6-block', '2001:0DB8:0:0::/48', { ipv6Block: '2001:0DB8:0:0::/48' }],
  ['log-level', 'silent', { logLevel: 'silent' }],
  ['seed', 'terraform', { seed: 'terraform' }],
]

test('each flag may be given on the command line, in either form, or in the environment', () => {
  for (const [name, value, means] of flags) {
    const wanted = { ...defaults, ...means }
    assert.deepEqual(options([`--${name}`, value]), wanted, name)
    assert.deepEqual(options([`--${name}=${value}`]), wanted, name)
    assert.deepEqual(options([], { [variableOf(name)]: value }), wanted, name)
  }
})

test('the command line counts before the environment, and an empty variable says nothing', () => {
  assert.equal(options(['--port', '1'], { CROSSCONNECT_PORT: '2' }).port, 1)
  assert.equal(options([], { CROSSCONNECT_PORT: '' }).port, 7224)
  assert.equal(options([], { CROSSCONNECT_OPERATOR_TOKEN: 'mine' }).operatorToken, 'mine')
})

test('the timing of AWS leaves provisioning to an operator unless told otherwise', () => {
  assert.equal(options(['--timing', 'aws']).provisioning, 'manual')
  assert.equal(options(['--timing', 'aws', '--provisioning', 'automatic']).provisioning, 'automatic')
})

test('the development credentials are on only on loopback, and only as long as nobody refuses them', () => {
  const on = (args: readonly string[], environment?: Environment) => options(args, environment).developmentCredentials
  for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', 'LOCALHOST', '::1'])
    assert.equal(on(['--host', host]), true)
  for (const host of ['0.0.0.0', '::', '192.168.1.1', 'example.net', 'localhost.example.net', '127.0.0.1.example.net'])
    assert.equal(on(['--host', host]), false, host)
  assert.equal(on([], { CROSSCONNECT_HOST: '0.0.0.0' }), false)
  assert.equal(on(['--no-development-credentials']), false)
  assert.equal(on([], { CROSSCONNECT_NO_DEVELOPMENT_CREDENTIALS: '1' }), false)
  assert.equal(on([], { CROSSCONNECT_NO_DEVELOPMENT_CREDENTIALS: '0' }), true)
})

const wrong: readonly (readonly [name: string, ...values: string[]])[] = [
  ['port', 'x', '65536', '1.5', '0x10', ' 1', '', '9999999999'],
  ['host', ''],
  ['data', ''],
  ['timing', 'slow', 'Instant', ''],
  ['provisioning', 'both'],
  ['fabric', 'cisco'],
  ['quotas', '7'],
  ['audit', 'all'],
  ['throttle', '0', 'many'],
  ['external-gateways', 'refuse'],
  ['ipv6-block', '2001:db8::/32', '2001:db8:1:2::/48', '10.0.0.0/8', '::/48', 'x', '2001:db8:1::'],
  [
    'public-url',
    'dx.example.net',
    'ftp://dx.example.net',
    'https://a@b',
    'https://a/?b',
    'https://a/#b',
    'https://a b',
  ],
  ['log-level', 'loud'],
  ['database', 'mysql://localhost/x', 'localhost', 'postgres://[x'],
  ['seed', 'demo'],
]

test('a value that cannot be is refused in one line that names the flag and the value', () => {
  for (const [name, ...values] of wrong)
    for (const value of values) {
      assert.throws(() => options([`--${name}=${value}`]), oneLine(`--${name} ${value || "''"}: `), `${name} ${value}`)
      if (value !== '')
        assert.throws(
          () => options([], { [variableOf(name)]: value }),
          oneLine(`--${name} ${value} (${variableOf(name)}): `),
          `${name} ${value}`,
        )
    }
  const variable = 'CROSSCONNECT_NO_DEVELOPMENT_CREDENTIALS'
  assert.throws(
    () => options([], { [variable]: 'please' }),
    oneLine(`--no-development-credentials please (${variable})`),
  )
})

test("a database's password is never shown, whatever is wrong with its URL", () => {
  for (const database of [
    'postgres://user:hidden@localhost:99999/x',
    'postgres://user:hidden#of@[localhost/x',
    'postgres://user:hid/d@hidden:x@localhost:99999/x',
    'postgres://localhost:99999/x?user=me&password=hidden',
    'postgres:user:hidden@localhost/x',
    'mysql://user:hidden@localhost/x',
    'user:hidden@localhost/x',
  ])
    assert.throws(
      () => options([`--database=${database}`]),
      ({ message }: Error) => message.includes('***') && !message.includes('hidden') && message.includes('localhost'),
      database,
    )
  assert.equal(
    withoutPassword('postgres://user:hidden@localhost/x?password=hidden&a=b'),
    'postgres://user:***@localhost/x?password=***&a=b',
  )
  assert.equal(withoutPassword('postgres://user@localhost:5432/x'), 'postgres://user@localhost:5432/x')
})

test('what is no flag is refused in one line', () => {
  for (const args of [
    ['--bogus'],
    ['-x'],
    ['--port'],
    ['--port', '--host'],
    ['--help=yes'],
    ['--no-development-credentials=1'],
    ['extra'],
    ['--', 'extra'],
  ])
    assert.throws(() => options(args), oneLine(''), args.join(' '))
  assert.throws(() => options(['--bogus']), /Unknown option '--bogus'; --help lists the flags/)
  assert.throws(() => options(['extra']), /Unexpected argument 'extra'/)
})

test('help names every flag, and fits a terminal of 80 columns', () => {
  for (const word of ['--help', '-h']) assert.equal(parseOptions([word], { CROSSCONNECT_PORT: 'x' }), 'help')
  for (const line of usage().split('\n')) assert.ok(line.length <= 80, line)
  for (const [name] of [...flags, ...wrong]) assert.match(usage(), new RegExp(`^  --${name} `, 'm'))
  assert.match(usage(), /--no-development-credentials/)
})

test('the banner has at most 12 lines of 80 columns, and the line that says where it listens ends with the URL', () => {
  const url = 'http://[::1]:65535'
  for (const developmentCredentials of [true, false]) {
    const lines = banner(
      { ...defaults, developmentCredentials, data: '/srv/somewhere/crossconnect/.crossconnect' },
      {
        url,
        operatorToken: developmentCredentials ? 'test' : 'in /srv/somewhere/.crossconnect/operator-token',
        environment: [],
      },
    ).split('\n')
    assert.ok(lines.length <= 12)
    for (const line of lines) assert.ok(line.length <= 100 - (developmentCredentials ? 20 : 0), line)
    assert.ok(lines.find((line) => line.startsWith('listening '))?.endsWith(` ${url}`))
    assert.equal(
      lines.some((line) => line.startsWith('export AWS_ACCESS_KEY_ID=test ')),
      developmentCredentials,
    )
  }
})

function variableOf(flag: string): string {
  return `CROSSCONNECT_${flag.toUpperCase().replaceAll('-', '_')}`
}

function oneLine(beginning: string) {
  return (error: unknown) => {
    assert.ok(error instanceof UsageError)
    assert.doesNotMatch(error.message, /\n/)
    assert.ok(error.message.startsWith(beginning), error.message)
    return true
  }
}

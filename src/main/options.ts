import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { type TimingName, timings } from '../product/settings.ts'
import { isLoopback } from '../wire/loopback.ts'
import { type SeedName, seeds } from './seeds.ts'

/** What the command line and the environment ask for. */
export interface Options {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly timing: TimingName
  readonly provisioning: 'automatic' | 'manual'
  readonly quotas: 'aws' | 'none'
  readonly audit: 'writes' | 'reads'
  /** Requests a second and account; Infinity: not throttled. */
  readonly throttle: number
  readonly developmentCredentials: boolean
  /** The address that people know this server by, without a slash at its end; null: where it listens. */
  readonly publicUrl: string | null
  /** From the environment alone, since command lines can be seen; undefined: another one is made up. */
  readonly operatorToken: string | undefined
  /** 32 bytes in base64, from the environment alone; undefined: in a file of the data directory. */
  readonly secretKey: string | undefined
  readonly logLevel: string
  readonly ipv6Block: string
  readonly externalGateways: boolean
  readonly fabric: 'simulated' | 'linux'
  /** Whether the fabric goes when the server does; else it goes on carrying traffic. */
  readonly fabricCleanup: boolean
  /** Of a PostgreSQL database that several servers share; null: everything is kept in `data`. */
  readonly database: string | null
  /** The prepared world to begin with. */
  readonly seed: SeedName | null
}

/** Something about the command line that cannot be; the message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Flag = { readonly value: string | null; readonly meaning: string; readonly fallback?: string }

export const flags = {
  port: { value: 'PORT', meaning: 'where to listen; 0 takes a free port', fallback: '7224' },
  host: { value: 'HOST', meaning: 'the address to listen on', fallback: '127.0.0.1' },
  'public-url': { value: 'URL', meaning: 'its address for other people; letters print it' },
  data: { value: 'DIR', meaning: 'where everything is kept', fallback: '.crossconnect' },
  database: { value: 'URL', meaning: 'keep it in PostgreSQL instead: postgres://…' },
  timing: { value: 'NAME', meaning: 'how long things take: instant, fast or aws', fallback: 'fast' },
  provisioning: { value: 'HOW', meaning: 'who approves and cables: automatic or manual' },
  fabric: { value: 'NAME', meaning: 'what carries packets: simulated or linux', fallback: 'simulated' },
  'fabric-cleanup': { value: null, meaning: 'leave nothing of the linux fabric behind at the end' },
  quotas: { value: 'WHICH', meaning: 'aws, or none to count nothing', fallback: 'aws' },
  audit: { value: 'WHAT', meaning: 'what the trail keeps: writes, or reads too', fallback: 'writes' },
  throttle: { value: 'N', meaning: 'requests a second that one account may make' },
  seed: { value: 'NAME', meaning: `begin with a prepared world: ${Object.keys(seeds).join(' or ')}` },
  'external-gateways': { value: 'accept', meaning: 'take ids of gateways that are kept elsewhere' },
  'ipv6-block': { value: 'CIDR', meaning: 'where IPv6 peers get addresses', fallback: '2001:db8:7224::/48' },
  'log-level': { value: 'LEVEL', meaning: 'debug, info, warn, error or silent', fallback: 'info' },
  'no-development-credentials': { value: null, meaning: 'accept only keys that the operator made' },
  help: { value: null, meaning: 'print this' },
} as const satisfies Record<string, Flag>

type FlagName = keyof typeof flags

/** The options, or 'help'. Throws UsageError. Every flag may also come from the environment: --port is CROSSCONNECT_PORT. */
export function parseOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options | 'help' {
  const given = parsed(args)
  if (given['help'] === true) return 'help'
  const variable = (name: FlagName) => `CROSSCONNECT_${name.toUpperCase().replaceAll('-', '_')}`
  /** An empty variable says nothing, an empty flag is a mistake. */
  const said = (name: FlagName) => given[name] ?? (environment[variable(name)] || undefined)
  const wrong = (name: FlagName, value: string | undefined, why: string) =>
    new UsageError(`--${name} ${value || "''"}${given[name] === undefined ? ` (${variable(name)})` : ''}: ${why}`)
  const text = (name: FlagName): string | undefined => {
    const value = said(name)
    const flag: Flag = flags[name]
    if (value === '') throw wrong(name, value, 'it is empty')
    return typeof value === 'string' ? value : flag.fallback
  }
  const oneOf = <const C extends string>(name: FlagName, choices: readonly C[], fallback?: C): C => {
    const value = text(name) ?? fallback
    const choice = choices.find((known) => known === value)
    if (choice === undefined) throw wrong(name, value, `it must be ${choices.join(' or ')}`)
    return choice
  }
  const whole = (name: FlagName, least: number, most: number): number => {
    const value = text(name) ?? ''
    if (!/^\d{1,9}$/.test(value) || Number(value) < least || Number(value) > most)
      throw wrong(name, value, `it must be a whole number from ${least} to ${most}`)
    return Number(value)
  }
  const yes = (name: FlagName): boolean => {
    const value = said(name) ?? false
    if (typeof value === 'boolean') return value
    if (value !== '1' && value !== '0') throw wrong(name, value, 'it must be 1 or 0')
    return value === '1'
  }

  const database = text('database') ?? null
  if (database !== null && !/^postgres(ql)?:\/\/./.test(database))
    throw wrong('database', withoutPassword(database), 'it must be a URL such as postgres://user@host:5432/database')
  if (database !== null && !URL.canParse(database))
    throw wrong('database', withoutPassword(database), 'it is not a URL')
  const externalGateways =
    text('external-gateways') !== undefined && oneOf('external-gateways', ['accept']) === 'accept'

  const timing = oneOf('timing', Object.keys(timings) as TimingName[])
  const host = text('host') ?? ''
  const ipv6Block = text('ipv6-block') ?? ''
  const publicUrl = text('public-url')?.replace(/\/$/, '') ?? null
  if (publicUrl !== null && !isPublicUrl(publicUrl))
    throw wrong(
      'public-url',
      text('public-url'),
      'it must be http:// or https://, a name or address, and at most a path',
    )
  if (!isNetworkOf48(ipv6Block)) throw wrong('ipv6-block', ipv6Block, 'it must be an IPv6 network of length 48')
  return {
    port: whole('port', 0, 65_535),
    host,
    data: text('data') ?? '',
    timing,
    provisioning: oneOf('provisioning', ['automatic', 'manual'], timing === 'aws' ? 'manual' : 'automatic'),
    quotas: oneOf('quotas', ['aws', 'none']),
    audit: oneOf('audit', ['writes', 'reads']),
    publicUrl,
    throttle: text('throttle') === undefined ? Number.POSITIVE_INFINITY : whole('throttle', 1, 1_000_000),
    developmentCredentials: isLoopback(host) && !yes('no-development-credentials'),
    operatorToken: environment['CROSSCONNECT_OPERATOR_TOKEN'] || undefined,
    secretKey: environment['CROSSCONNECT_SECRET_KEY'] || undefined,
    logLevel: oneOf('log-level', ['debug', 'info', 'warn', 'error', 'silent']),
    ipv6Block,
    externalGateways,
    fabric: oneOf('fabric', ['simulated', 'linux']),
    fabricCleanup: yes('fabric-cleanup'),
    database,
    seed: text('seed') === undefined ? null : oneOf('seed', Object.keys(seeds) as SeedName[]),
  }
}

/**
 * A database's URL as it may be shown: a password stands before the host or in the query, and what is no URL may hold one
 * all the same.
 */
export function withoutPassword(url: string): string {
  return url
    .replace(/^((?:\w+:\/\/)?[^:@/]*:(?!\/\/)).*@/s, '$1***@')
    .replace(/([?&][^=&]*password[^=&]*=)[^&]*/gi, '$1***')
}

/** What a code can be put behind, and fits on a letter. */
function isPublicUrl(url: string): boolean {
  if (url.length > 120 || !/^https?:\/\/[^\s?#@]+$/.test(url) || !URL.canParse(url)) return false
  const { origin, pathname } = new URL(url)
  return url === origin + (pathname === '/' ? '' : pathname)
}

/** URLs spell IPv6 addresses in one way, in which such a network is at most three groups and a double colon. */
function isNetworkOf48(cidr: string): boolean {
  const [address = '', length] = cidr.split('/')
  const url = `http://[${address}]`
  return length === '48' && URL.canParse(url) && /^\[([\da-f]{1,4}:){1,3}:\]$/.test(new URL(url).hostname)
}

function parsed(args: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, { type: flag.value === null ? 'boolean' : 'string' }]),
  )
  // As of every other command.
  options['help'] = { type: 'boolean', short: 'h' }
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Record<
      string,
      string
    >
  } catch (error) {
    const [sentence] = error instanceof Error ? error.message.split(/\.\s/) : []
    throw new UsageError(`${sentence}; --help lists the flags`)
  }
}

export function usage(): string {
  const lines = Object.entries(flags).map(([name, flag]: [string, Flag]) => {
    const left = `  --${name}${flag.value === null ? '' : ` ${flag.value}`}`
    const fallback = flag.fallback === undefined ? '' : ` (${flag.fallback})`
    return left.length > 26
      ? `${left}\n${' '.repeat(28)}${flag.meaning}${fallback}`
      : `${left.padEnd(28)}${flag.meaning}${fallback}`
  })
  return [
    'crossconnect: a self-hosted service compatible with AWS Direct Connect',
    '',
    'Usage: crossconnect serve [flags]   the installed package (npx crossconnect …)',
    '       npm start -- [flags]         a clone of the repository',
    'Example: crossconnect serve --port 7224 --timing instant --data ./data',
    '',
    ...lines,
    '',
    'Each flag may also be set in the environment: --port as CROSSCONNECT_PORT.',
  ].join('\n')
}

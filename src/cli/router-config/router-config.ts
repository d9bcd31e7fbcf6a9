import { type RouterTypeFacts, routerTypes } from '../../contract/router-types.ts'
import { type Command, type Given, UsageError } from '../command.ts'
import { connect } from '../connection/connection.ts'
import { textIn } from '../connection/json.ts'
import { connectionOptions } from '../connection/options.ts'
import type { Context } from '../context.ts'
import { didYouMean } from '../nearest.ts'
import { printable } from '../printable.ts'

const types: readonly RouterTypeFacts[] = routerTypes
const aliases = types.map(({ alias }) => alias)

/** `crossconnect router-config dxvif-… --vendor frr` */
export const routerConfig: Command = {
  summary: "prints a router's configuration for a virtual interface",
  notes: `Vendors:\n${vendorList()}`,
  positionals: [{ name: 'DXVIF', meaning: 'the id of the virtual interface' }],
  options: {
    vendor: {
      value: 'VENDOR',
      meaning: 'the identifier of a router type (on a terminal you are asked), or one of these',
      suggestions: aliases,
    },
    ...connectionOptions,
  },
  examples: [
    `crossconnect router-config dxvif-0a1b2c3d --vendor ${aliases[0]}`,
    'crossconnect router-config dxvif-0a1b2c3d > router.txt',
  ],
  run,
}

async function run(context: Context, given: Given): Promise<number> {
  const vendor = given.text('vendor')
  const type = vendor === undefined ? await picked(context) : named(vendor)
  const connection = await connect(context, given)
  const [virtualInterfaceId = ''] = given.positionals
  const { routerTypeIdentifier } = type
  const answer = await connection.call('DescribeRouterConfiguration', { virtualInterfaceId, routerTypeIdentifier })
  const text = textIn(answer, 'customerRouterConfig')
  const whole = text.endsWith('\n') ? text : `${text}\n`
  context.stdout.write(context.stdout.isTerminal ? printable(whole, 'lines') : whole)
  return 0
}

function named(vendor: string): RouterTypeFacts {
  const wanted = vendor.toLowerCase()
  const type = types.find(
    ({ alias, routerTypeIdentifier }) => alias === wanted || routerTypeIdentifier.toLowerCase() === wanted,
  )
  if (type === undefined)
    throw new UsageError(
      `--vendor ${vendor || "''"}: it must be one of ${aliases.join(', ')}${didYouMean(wanted, aliases)}`,
    )
  return type
}

async function picked(context: Context): Promise<RouterTypeFacts> {
  if (!context.stdin.isTTY || !context.stderr.isTerminal)
    throw new UsageError(`--vendor is missing; it must be one of ${aliases.join(', ')}`)
  const { pick } = await import('./pick.ts')
  return named(
    await pick(
      context,
      'Vendor',
      types.map(({ alias, ...type }) => ({ name: alias, meaning: titleOf(type) })),
    ),
  )
}

function vendorList(): string {
  const width = Math.max(...aliases.map(({ length }) => length)) + 2
  return types.map(({ alias, ...type }) => `  ${alias.padEnd(width)}${titleOf(type)}`).join('\n')
}

function titleOf({ vendor, platform, software }: Omit<RouterTypeFacts, 'alias'>): string {
  return `${vendor} ${platform}, ${software}`
}

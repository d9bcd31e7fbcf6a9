import type { Constraint } from '../../contract/constraints.ts'
import { enums } from '../../contract/enums.ts'
import { type Member, type MemberType, membersOf } from '../../contract/notation.ts'
import { operations } from '../../contract/operations.ts'
import type { OperationName } from '../../contract/types.ts'
import type { Option, Options } from '../command.ts'
import { connectionOptions } from '../connection/options.ts'
import { outputOptions } from '../output/options.ts'
import { dashed } from './names.ts'

/** The members of an operation's input. */
export function inputOf(operation: OperationName): readonly Member[] {
  const { input } = operations[operation]
  return input === null ? [] : membersOf(input)
}

export const isPaginated = (operation: OperationName): boolean => 'paginated' in operations[operation]

/** What an operation's command takes: an option for each member of its input, and what every operation has. */
export function optionsOf(operation: OperationName): Options {
  const pages = isPaginated(operation)
  const { 'no-paginate': noPaginate, ...shown } = outputOptions
  const members = inputOf(operation).map((member) => {
    const option = optionOf(member)
    // They turn the following of pages off, for those who do it by hand.
    return [dashed(member.name), isPageMember(operation, member) ? { ...option, hidden: true as const } : option]
  })
  return {
    ...Object.fromEntries(members),
    ...(pages ? pageOptions : {}),
    ...inputOptions,
    ...shown,
    // Without pages to follow it is understood, as the AWS CLI does.
    'no-paginate': pages ? noPaginate : { ...noPaginate, hidden: true },
    ...connectionOptions,
  }
}

/** Whether a member is one of those with which pages are followed by hand. */
export const isPageMember = (operation: OperationName, { name }: Pick<Member, 'name'>): boolean =>
  isPaginated(operation) && (name === 'maxResults' || name === 'nextToken')

const pageOptions = {
  'max-items': { value: 'NUMBER', meaning: 'at most so many items; NextToken in the output continues' },
  'starting-token': { value: 'TOKEN', meaning: 'a NextToken, to continue' },
  'page-size': { value: 'NUMBER', meaning: 'items of one request; it changes nothing in the output' },
} as const satisfies Options

const inputOptions = {
  'cli-input-json': { value: 'JSON', meaning: 'all of the input, or file://PATH; options come before it' },
  'cli-input-yaml': { value: 'YAML', meaning: 'the same in YAML' },
  'generate-cli-skeleton': {
    value: 'WHICH',
    bare: 'input',
    choices: ['input', 'yaml-input', 'output'],
    meaning: 'prints a skeleton and calls nothing',
  },
} as const satisfies Options

function optionOf({ required, type }: Member): Option {
  const shown = { meaning: meaningOf(type), required }
  if (type.kind === 'boolean') return { ...shown, value: null, negatable: true }
  if (type.kind === 'list') return { ...shown, value: valueWord(type.item), many: true }
  return type.kind === 'enum'
    ? { ...shown, value: 'NAME', suggestions: enums[type.name] }
    : { ...shown, value: valueWord(type) }
}

function valueWord({ kind }: MemberType): string {
  if (kind === 'integer' || kind === 'long') return 'NUMBER'
  if (kind === 'structure') return 'KEY=VALUE,…'
  return kind === 'enum' ? 'NAME' : 'TEXT'
}

function meaningOf(type: MemberType): string {
  if (type.kind === 'structure') return shorthandOf(type)
  if (type.kind === 'string' || type.kind === 'integer') return bounds(type.constraint, type.kind)
  if (type.kind !== 'list') return ''
  return [type.item.kind === 'structure' ? shorthandOf(type.item) : '', bounds(type.constraint, 'list')]
    .filter(Boolean)
    .join('; ')
}

const units = { string: ' characters', list: ' of them', integer: '' } as const

function bounds(constraint: Constraint | undefined, kind: keyof typeof units): string {
  if (constraint === undefined) return ''
  const { min, max } = constraint
  if (max === undefined) return min === undefined ? '' : `at least ${min}${units[kind]}`
  if (min === max) return `${max}${units[kind]}`
  return min === undefined || min === 0 ? `at most ${max}${units[kind]}` : `${min} to ${max}${units[kind]}`
}

/** `key=TEXT,value=TEXT`, with the members that are required in front of the others, which are in brackets. */
function shorthandOf(type: Extract<MemberType, { kind: 'structure' }>): string {
  return membersOf(type.name)
    .map((member) => (member.required ? memberShorthand(member) : `[${memberShorthand(member)}]`))
    .join(' ')
}

function memberShorthand({ name, type }: Member): string {
  if (type.kind === 'list')
    return `${name}=[${type.item.kind === 'structure' ? `{${shorthandOf(type.item)}}` : valueWord(type.item)},…]`
  if (type.kind === 'structure') return `${name}={${shorthandOf(type)}}`
  return `${name}=${type.kind === 'enum' ? enums[type.name].join('|') : type.kind === 'boolean' ? 'true|false' : valueWord(type)}`
}

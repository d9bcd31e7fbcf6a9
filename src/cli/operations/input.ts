import type { OperationName } from '../../contract/types.ts'
import { type Given, UsageError } from '../command.ts'
import type { JsonObject, JsonValue } from '../connection/connection.ts'
import type { Context } from '../context.ts'
import { didYouMean } from '../nearest.ts'
import { dashed } from './names.ts'
import { inputOf } from './options.ts'
import { fileValue } from './values/file-value.ts'
import { checkKinds } from './values/typed.ts'
import { parsedJson, valueOf } from './values/value.ts'

/** The operation's input: each option is a member; what they leave out comes from --cli-input-json or -yaml. */
export async function readInput(context: Context, given: Given, operation: OperationName): Promise<JsonObject> {
  const members = inputOf(operation)
  const said: Record<string, JsonValue> = {}
  for (const member of members) {
    const name = dashed(member.name)
    const flag = given.flag(name)
    const word = given.text(name)
    const words = word === undefined ? given.list(name) : [word]
    if (flag !== undefined) said[member.name] = flag
    if (words === undefined) continue
    const label = `--${name}`
    // As the AWS CLI has it: of several words none names a file.
    const values = words.length === 1 ? [await fileValue(context, label, words[0] ?? '')] : words
    said[member.name] = valueOf(member, label, values)
  }
  const whole = await wholeInput(context, given)
  if (whole === undefined) return said
  const [label, input] = whole
  for (const [key, value] of Object.entries(input)) {
    const member = members.find(({ name }) => name === key)
    if (member === undefined) {
      const names = members.map(({ name }) => name)
      throw new UsageError(`${label} has no member '${key}'${didYouMean(key, names)}`)
    }
    checkKinds(member.type, value, `${label} ${key}`)
  }
  const missing = members.find(
    ({ name, required }) => required && said[name] === undefined && input[name] === undefined,
  )
  if (missing !== undefined)
    throw new UsageError(`${missing.name} is required, and neither --${dashed(missing.name)} nor ${label} gives it`)
  return { ...input, ...said }
}

async function wholeInput(context: Context, given: Given): Promise<readonly [string, JsonObject] | undefined> {
  const json = given.text('cli-input-json')
  const yaml = given.text('cli-input-yaml')
  if (json !== undefined && yaml !== undefined)
    throw new UsageError('--cli-input-json and --cli-input-yaml say the same thing; only one of them may be there')
  const word = json ?? yaml
  if (word === undefined) return undefined
  const label = json === undefined ? '--cli-input-yaml' : '--cli-input-json'
  const content = await fileValue(context, label, word)
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8')
  const value = json === undefined ? await parsedYaml(text, label) : parsedJson(text, label)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${label} must hold a structure, with the names of the operation's members`)
  return [label, value as JsonObject]
}

async function parsedYaml(text: string, label: string): Promise<JsonValue> {
  const { parse, YAMLParseError } = await import('yaml')
  try {
    return parse(text, { logLevel: 'error' })
  } catch (error) {
    // What an alias (`*name`) stands for is looked up later, and where it stands for nothing no line is said.
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined
    throw new UsageError(`${label}: it is no YAML${line === undefined ? '' : `, from line ${line}`}`)
  }
}

// The same command for the AWS CLI and for ours: the words of a command, and what the installed AWS CLI's model knows of data.
import { dashed } from '../../../src/cli/operations/names.ts'
import type { AwsCliModel } from '../../tools/aws-cli-driver.ts'

/** A command's words for an input: an option for each member, in the forms that people write. */
export function wordsOf(operation: string, input: object): readonly string[] {
  const options = Object.entries(input).flatMap(([name, value]): readonly string[] => {
    if (value === undefined) return []
    const option = `--${dashed(name)}`
    if (typeof value === 'boolean') return [value ? option : `--no-${dashed(name)}`]
    if (!Array.isArray(value)) return [option, wordOf(value)]
    return [option, ...value.map(wordOf)]
  })
  return [dashed(operation), ...options]
}

const wordOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? shorthandOf(value) : String(value)

const shorthandOf = (value: object): string =>
  Object.entries(value)
    .map(([key, each]) => `${key}=${explicit(each)}`)
    .join(',')

function explicit(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(explicit).join(',')}]`
  if (typeof value === 'object' && value !== null) return `{${shorthandOf(value)}}`
  return /^[\w./:-]+$/.test(String(value)) ? String(value) : `"${String(value).replaceAll(/["\\]/g, '\\$&')}"`
}

/** What is left of a value when the members that the model lacks are gone; the order is the value's own. */
export function known(model: AwsCliModel, shape: string | undefined, value: unknown): unknown {
  const { type, members, member } = model.shapes[shape ?? ''] ?? {}
  if (type === 'structure' && typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => members?.[name] !== undefined)
        .map(([name, each]) => [name, known(model, members?.[name]?.shape, each)]),
    )
  if (type === 'list' && Array.isArray(value)) return value.map((item) => known(model, member?.shape, item))
  return shape === undefined ? {} : value
}

import type { OperationName } from '../../contract/types.ts'
import type { Context } from '../context.ts'
import { inputSkeleton } from './skeleton.ts'

/** Prints an input to fill in, in JSON or in YAML. */
export async function printInputSkeleton(
  { stdout }: Context,
  operation: OperationName,
  form: 'input' | 'yaml-input',
): Promise<void> {
  const skeleton = inputSkeleton(operation)
  if (form === 'input') return stdout.write(`${JSON.stringify(skeleton, null, 4)}\n`)
  const { stringify } = await import('yaml')
  stdout.write(stringify(skeleton, { indentSeq: false, singleQuote: true }))
}

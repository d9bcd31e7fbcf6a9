import { operations } from '../../contract/operations.ts'
import type { Entry } from '../command.ts'
import { commandNames } from './names.ts'

/** The names of the operations' commands, in the order of the alphabet, without the deprecated ones. */
export const operationNames: readonly string[] = [...commandNames]
  .filter(([, operation]) => !('deprecated' in operations[operation]))
  .map(([name]) => name)

/** The command of an operation, by its name as the AWS CLI writes it. */
export function operationEntry(name: string): Entry | undefined {
  const operation = commandNames.get(name)
  if (operation === undefined) return undefined
  return {
    summary: operation,
    load: async () => (await import('./operation-command.ts')).operationCommand(operation),
  }
}

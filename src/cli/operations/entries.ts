import type { Entry } from '../command.ts'
import { commandNames } from './names.ts'

/** The names of the operations' commands, in the order of the alphabet. */
export const operationNames: readonly string[] = [...commandNames.keys()]

/** The command of an operation, by its name as the AWS CLI writes it. */
export function operationEntry(name: string): Entry | undefined {
  const operation = commandNames.get(name)
  if (operation === undefined) return undefined
  return {
    summary: `calls ${operation}`,
    load: async () => (await import('./operation-command.ts')).operationCommand(operation),
  }
}

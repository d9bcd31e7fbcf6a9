import { operations } from '../../contract/operations.ts'
import type { OperationName } from '../../contract/types.ts'
import type { Command } from '../command.ts'
import { exampleOf } from './example.ts'
import { optionsOf } from './options.ts'

/** The command that calls an operation: its options, its help and its output all come from the contract. */
export function operationCommand(operation: OperationName): Command {
  return {
    summary: summaryOf(operation),
    options: optionsOf(operation),
    examples: [exampleOf(operation)],
    excused: (given) =>
      (given.text('cli-input-json') ?? given.text('cli-input-yaml')) !== undefined ||
      ['input', 'yaml-input'].includes(given.text('generate-cli-skeleton') ?? ''),
    run: async (context, given) => (await import('./run-operation.ts')).runOperation(context, given, operation),
  }
}

const summaryOf = (operation: OperationName): string =>
  `${operation}${'deprecated' in operations[operation] ? ' (deprecated)' : ''}`

import type { OperationName } from '../../contract/types.ts'
import type { Command } from '../command.ts'
import { connect } from '../connection/connection.ts'
import { connectionOptions } from '../connection/options.ts'
import { outputOptions } from '../output/options.ts'
import { dashed } from './names.ts'

/** The command that calls an operation, made from its contract. */
export function operationCommand(operation: OperationName): Command {
  return {
    summary: `calls ${operation}`,
    options: { ...outputOptions, ...connectionOptions },
    examples: [`crossconnect ${dashed(operation)}`],
    async run(context, given) {
      const connection = await connect(context, given)
      context.stdout.write(`${JSON.stringify(await connection.call(operation, {}), null, 4)}\n`)
      return 0
    },
  }
}

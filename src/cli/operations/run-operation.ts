import type { OperationName } from '../../contract/types.ts'
import type { Given } from '../command.ts'
import { type Connection, connect, type JsonObject } from '../connection/connection.ts'
import type { Context } from '../context.ts'
import { coloursOf, formatOf, print } from '../output/print.ts'
import { compileQuery } from '../output/query.ts'
import { shownAnswer } from './answer.ts'
import { readInput } from './input.ts'
import { dashed } from './names.ts'
import { inputOf, isPageMember, isPaginated } from './options.ts'
import { pages, readReading, refuseReading, wholeList } from './pages.ts'

/** Calls the operation with what was said on the command line, and prints its answer. */
export async function runOperation(context: Context, given: Given, operation: OperationName): Promise<number> {
  const query = compileQuery(given.text('query'))
  const skeleton = given.text('generate-cli-skeleton')
  if (skeleton === 'input' || skeleton === 'yaml-input') {
    const { printInputSkeleton } = await import('./print-skeleton.ts')
    await printInputSkeleton(context, operation, skeleton)
    return 0
  }
  const input = await readInput(context, given, operation)
  const connection = await connect(context, given)
  const format = formatOf(context, given, connection.settings)
  const style = { title: operation, colours: coloursOf(given, context.stdout) }
  const show = (answer: JsonObject) => print(context, query(answer), format, style)
  if (skeleton === 'output') {
    const { outputSkeleton } = await import('./skeleton.ts')
    await show(outputSkeleton(operation))
    return 0
  }
  const parts = partsOf(connection, given, operation, input)
  if (parts === undefined) await show(shownAnswer(operation, await connection.call(operation, input)))
  else if (format !== 'text') await show(await wholeList(operation, parts))
  // As the AWS CLI does: lines are printed page by page, a query sees each page, and in the end the token by itself.
  else
    for await (const { NextToken, ...page } of parts) {
      await show(page)
      if (NextToken !== undefined) await show({ NextToken: { NextToken } })
    }
  return 0
}

/** The pages to follow; undefined: one call is all that is wanted. */
function partsOf(connection: Connection, given: Given, operation: OperationName, input: JsonObject) {
  const byHand = inputOf(operation).find(
    (member) => isPageMember(operation, member) && input[member.name] !== undefined,
  )
  if (byHand !== undefined) refuseReading(given, `--${dashed(byHand.name)}`)
  if (given.flag('no-paginate')) refuseReading(given, '--no-paginate')
  if (!isPaginated(operation) || byHand !== undefined || given.flag('no-paginate')) return undefined
  return pages(connection, operation, input, readReading(given))
}

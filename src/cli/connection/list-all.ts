import type { OperationName } from '../../contract/types.ts'
import { CommandError } from '../command.ts'
import type { Connection, JsonObject } from './connection.ts'
import { objectsIn, textIn } from './json.ts'

/** The objects of a list in the answers of an operation, from all pages. */
export async function listAll(
  connection: Connection,
  operation: OperationName,
  input: JsonObject,
  member: string,
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = []
  let nextToken = ''
  do {
    const page = await connection.call(operation, nextToken === '' ? input : { ...input, nextToken })
    found.push(...objectsIn(page, member))
    const next = textIn(page, 'nextToken')
    if (next !== '' && next === nextToken) throw new CommandError(`a page of ${operation} says that it follows itself`)
    nextToken = next
  } while (nextToken !== '')
  return found
}

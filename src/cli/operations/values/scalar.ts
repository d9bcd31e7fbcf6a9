import { UsageError } from '../../command.ts'

/** As Python's `int` reads them, since the AWS CLI does. Throws UsageError, which names the place and the value. */
export function wholeNumber(text: string, place: string): number {
  const digits = /^\s*([+-]?\d+(?:_\d+)*)\s*$/.exec(text)?.[1]?.replaceAll('_', '')
  const number = Number(digits ?? Number.NaN)
  if (!Number.isSafeInteger(number)) throw new UsageError(`${place} ${text || "''"}: it must be a whole number`)
  return number
}

import { refuse } from './fault.ts'

/** Names are free text of 1 to 100 characters. */
export function checkedName(name: string, member: string): string {
  const length = [...name].length
  if (length < 1 || length > 100)
    throw refuse(`Invalid value for ${member}: its length ${length} is not within 1 to 100`)
  return name
}

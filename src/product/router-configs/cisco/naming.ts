import type { AddressFamily } from '../../addresses/cidr.ts'
import type { Setup } from '../setup.ts'

/** What of the customer's routes goes out on a public virtual interface. */
export function prefixListName({ id }: Setup, family: AddressFamily): string {
  return `${id}-${family}-out`
}

/** On Cisco's command lines a question mark asks for help. */
export function passwordHint({ sessions }: Setup): readonly string[] {
  return sessions.some(({ authKey }) => authKey.includes('?'))
    ? ['! Type Ctrl+V before each question mark of a password.']
    : []
}

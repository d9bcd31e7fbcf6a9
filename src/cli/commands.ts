import type { Entries } from './command.ts'

/** Every command that is no operation of AWS's. To add one, add its line here. */
export const commands: Entries = {}

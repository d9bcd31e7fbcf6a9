import { wrapped } from '../prose.ts'
import type { Setup } from '../setup.ts'

/** What command lines make of some keys. `own`: characters that this one may read in a way of its own. */
export function passwordCautions({ sessions }: Setup, own: RegExp | null): readonly string[] {
  const keys = sessions.map(({ authKey }) => authKey)
  return [
    ...(keys.some((key) => key.includes('?')) ? ['Type Ctrl+V before each question mark of a password.'] : []),
    ...(own !== null && keys.some((key) => own.test(key))
      ? wrapped(
          'The command line may read quotation marks, backslashes and dollar signs of a password its own way: see what it kept with "show running-config".',
        )
      : []),
  ]
}

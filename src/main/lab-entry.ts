import type { Entry } from '../cli/command.ts'

/** How the command line lists the labs; `main.ts` runs them without a detour through here. */
export const labEntry: Entry = {
  summary: 'builds networks to rehearse in, with real packets',
  async load() {
    const { commandNames, options, run } = await import('../lab/lab.ts')
    return {
      summary: labEntry.summary,
      notes: "'crossconnect lab --help' says what each of them does.",
      positionals: [{ name: 'COMMAND', meaning: 'what to do', choices: commandNames }],
      options: Object.fromEntries(
        Object.entries(options).map(([name, { meaning }]) => [name, { value: name.toUpperCase(), meaning }]),
      ),
      examples: ['sudo crossconnect lab up resilient', 'sudo crossconnect lab fail cable-1 --seconds 10'],
      run: async (_context, { positionals }) => run(positionals),
    }
  },
}

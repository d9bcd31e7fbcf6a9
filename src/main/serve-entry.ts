import type { Entry } from '../cli/command.ts'

/** How the command line lists the server and explains it; `main.ts` starts it without a detour through here. */
export const serveEntry: Entry = {
  summary: 'starts the server',
  async load() {
    const { flags } = await import('./options.ts')
    return {
      summary: 'starts the server',
      notes: "'crossconnect serve --help' lists its flags.",
      options: Object.fromEntries(
        Object.entries(flags).map(([name, { value, meaning }]) => [name, { value, meaning }]),
      ),
      examples: ['crossconnect serve --port 7224 --timing instant --data ./data'],
      async run() {
        const { start } = await import('./start.ts')
        await start([])
        return 0
      },
    }
  },
}

import type { Entries } from './command.ts'

/** Every command that is no operation of AWS's. To add one, add its line here. */
export const commands: Entries = {
  status: {
    summary: 'shows what the account has, and why something is not up',
    load: async () => (await import('./status/status.ts')).status,
  },
  wait: {
    summary: 'waits until something is in a state',
    load: async () => (await import('./wait/wait.ts')).wait,
  },
  loa: {
    summary: 'downloads a letter (LOA-CFA) as PDF',
    load: async () => (await import('./loa/loa.ts')).loa,
  },
  'router-config': {
    summary: "prints a router's configuration for a virtual interface",
    load: async () => (await import('./router-config/router-config.ts')).routerConfig,
  },
  operator: {
    summary: 'makes the calls of the operator API',
    load: async () => (await import('./operator/operator.ts')).operator,
  },
  completion: {
    summary: 'prints what makes a shell complete commands',
    load: async () => (await import('./completion/completion.ts')).completion,
  },
}

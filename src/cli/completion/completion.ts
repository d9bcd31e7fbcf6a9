import type { Command } from '../command.ts'
import { scripts } from './scripts.ts'

/** `source <(crossconnect completion bash)` */
export const completion: Command = {
  summary: 'prints what makes a shell complete commands',
  notes:
    "Load it where the shell begins: ~/.bashrc, ~/.zshrc (after compinit) or ~/.config/fish/config.fish. The command has to be found as 'crossconnect'.",
  positionals: [{ name: 'SHELL', meaning: 'which shell', choices: Object.keys(scripts) }],
  options: {},
  examples: [
    'source <(crossconnect completion bash)',
    'source <(crossconnect completion zsh)',
    'crossconnect completion fish | source',
  ],
  async run(context, { positionals: [shell = ''] }) {
    context.stdout.write(scripts[shell] ?? '')
    return 0
  },
}

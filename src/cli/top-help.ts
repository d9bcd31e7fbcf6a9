import type { Entries } from './command.ts'
import { generalOptions } from './general-options.ts'
import { entryList, examples, optionList, page } from './help.ts'
import { operationNames } from './operations/entries.ts'
import { wrapped } from './wrapped.ts'

/** What `crossconnect --help` prints. */
export function topHelp(entries: Entries, columns: number): string {
  return page([
    'crossconnect: a self-hosted service compatible with AWS Direct Connect',
    'Usage: crossconnect COMMAND [options]',
    examples([
      'crossconnect serve',
      'crossconnect create-connection --location EqDC2 --bandwidth 10Gbps --connection-name first',
      "crossconnect describe-connections --query 'connections[].connectionState' --output text",
    ]),
    entryList('Commands', entries, columns),
    optionList('General options', generalOptions, columns),
    `Operations, with the options and the output of the AWS CLI:\n${wrapped(`  ${operationNames.join(' ')}`, columns, '  ')}`,
    wrapped('crossconnect COMMAND --help says more. Exit codes: 0; 1: the service said no; 2: wrong usage.', columns),
  ])
}

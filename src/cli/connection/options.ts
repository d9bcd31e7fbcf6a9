import type { Options } from '../command.ts'

/** What every command that speaks with a server takes. */
export const connectionOptions = {
  'endpoint-url': { value: 'URL', meaning: 'the server', fallback: 'http://127.0.0.1:7224', general: true },
  region: { value: 'REGION', meaning: 'the Region; us-east-1 on this machine', general: true },
  profile: { value: 'NAME', meaning: 'the profile in the shared AWS config and credentials files', general: true },
} as const satisfies Options

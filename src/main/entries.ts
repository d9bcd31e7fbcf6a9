import type { Entries } from '../cli/command.ts'
import { labEntry } from './lab-entry.ts'
import { serveEntry } from './serve-entry.ts'

/** The commands that do more than ask a server. To add one, add its line here. */
export const entries: Entries = {
  serve: serveEntry,
  lab: labEntry,
  backup: {
    summary: 'copies everything but the key into a file, also while a server runs',
    load: async () => (await import('./backup-command.ts')).backupCommand,
  },
  restore: {
    summary: 'puts a backup in the place of what a data directory holds',
    load: async () => (await import('./restore-command.ts')).restoreCommand,
  },
}

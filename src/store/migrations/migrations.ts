import type { Migration } from 'kysely/migration'

/** Every migration by its name, in order. One that was released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-records': await import('./0001-records.ts'),
}

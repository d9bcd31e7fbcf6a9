// What tests need that tell a real Linux what to do: root, the tools, and names that are nobody else's.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { deleteNamespace, listNamespaces } from '../../src/linux/namespaces.ts'
import { skipWithout } from './clients.ts'

/** `test('…', linuxTools, …)`: needs root and what makes namespaces. */
export const linuxTools = skipWithout('root with network namespaces', rootWithNamespaces())

/** Network namespaces whose names begin with a prefix of a test's own; they go when it ends, with all that runs in them. */
export interface OwnNamespaces extends AsyncDisposable {
  readonly prefix: string
  of(name: string): string
}

export function ownNamespaces(): OwnNamespaces {
  const prefix = `xct-${randomBytes(4).toString('hex')}-`
  return {
    prefix,
    of: (name) => `${prefix}${name}`,
    async [Symbol.asyncDispose]() {
      for (const name of listNamespaces(prefix)) await deleteNamespace(name)
    },
  }
}

function rootWithNamespaces(): string | undefined {
  if (process.getuid?.() !== 0) return undefined
  const name = `xct-${randomBytes(4).toString('hex')}`
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' })
    execFileSync('ip', ['netns', 'delete', name], { stdio: 'ignore' })
    return 'ip netns'
  } catch {
    return undefined
  }
}

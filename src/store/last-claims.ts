/**
 * The last key of a scope that begins with a prefix, whether it is held or was. Each order of a port asks for it and makes
 * it another one, so that to remember it is to follow what is claimed.
 */
export interface LastClaims {
  /** null: there is none; undefined: that is not known. */
  recall(scope: string, prefix: string): string | null | undefined
  keep(scope: string, prefix: string, last: string | null): void
  claimed(scope: string, key: string): void
  /** Something may have been given up or taken back: of one scope, or of any. */
  forget(scope?: string): void
}

/** Of so many scopes at once; a device is one. */
const mostScopes = 4_096

export function createLastClaims(): LastClaims {
  const scopes = new Map<string, Map<string, string | null>>()
  return {
    recall: (scope, prefix) => scopes.get(scope)?.get(prefix),
    keep(scope, prefix, last) {
      if (scopes.size >= mostScopes) scopes.clear()
      const known = scopes.get(scope)
      if (known === undefined) scopes.set(scope, new Map([[prefix, last]]))
      else known.set(prefix, last)
    },
    claimed(scope, key) {
      const known = scopes.get(scope)
      if (known === undefined) return
      for (const [prefix, last] of known)
        if (key.startsWith(prefix) && (last === null || byBytes(key, last) > 0)) known.set(prefix, key)
    },
    forget(scope) {
      if (scope === undefined) scopes.clear()
      else scopes.delete(scope)
    },
  }
}

/** As the databases order keys. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

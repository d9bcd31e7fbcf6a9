import { dashed } from '../operations/names.ts'
import type { Call } from './calls.ts'

/** Where a call stands: `operator NOUN VERB`. A call that is a noun of its own, as `operator reset`, has no verb. */
export interface Name {
  readonly noun: string
  readonly verb: string | null
}

/** What reads better than what follows from the path and the name. */
const betterVerbs: Readonly<Record<string, string>> = {
  MoveClock: 'advance',
  ReadAuditTrail: 'list',
  ListResiliencyGroupsWithVerdict: 'list',
}

/** The options that would repeat the verb. */
export const betterOptions: Readonly<Record<string, string>> = { advanceSeconds: 'seconds' }

/**
 * The first part of the path is the noun. A last part that the name begins with is the verb (`…/approve`,
 * ApproveConnection); else the name without the noun is: CreateAccount is `accounts create`, SetQuotas stays `set-quotas`.
 */
export function nameOf({ name, path }: Pick<Call, 'name' | 'path'>): Name {
  const [noun = '', ...rest] = path.split('/').slice(3)
  const words = dashed(name)
  const better = betterVerbs[name]
  if (better !== undefined) return { noun, verb: better }
  if (words === noun) return { noun, verb: null }
  const last = rest.at(-1) ?? ''
  if (last !== '' && !last.startsWith('{') && words.startsWith(`${last}-`)) return { noun, verb: last }
  const ending = [noun, noun.replace(/s$/, '')].map((each) => `-${each}`).find((each) => words.endsWith(each))
  return { noun, verb: ending === undefined ? words : words.slice(0, -ending.length) }
}

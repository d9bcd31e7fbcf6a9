import type { KindName } from '../product/kinds.ts'
import { createLastClaims, type LastClaims } from './last-claims.ts'

/**
 * What has been read in a transaction, or since nobody else can have written. The same question has the same answer until a
 * record of its kind changes, but that lists lose with time what has an end; so it need not be put to the database again.
 */
export interface Memory {
  /** The answer to a question about a kind as of `now`, if it is known. */
  recall(kind: KindName, question: string, now: number): readonly unknown[] | undefined
  /** Keeps an answer that was true at `now` and will be until just before `until`; null: for as long as nothing changes. */
  keep(kind: KindName, question: string, now: number, until: number | null, answer: readonly unknown[]): void
  /** What a text says, which is worth to keep for a writer: it reads again what it has just decided on. */
  read<R>(text: string, read: (text: string) => R): R
  readonly lastClaims: LastClaims
  /** Something may have changed: of one kind, or anything. */
  forget(kind?: KindName): void
}

interface Answer {
  readonly from: number
  readonly until: number | null
  readonly answer: readonly unknown[]
}

/** So many records are kept, some kilobytes each at most: what some thousand virtual interfaces need to be shown. */
const mostRecords = 32_000
/** Of one answer; a page is shorter, and what reads a whole list asks for it once. */
const mostOfOne = 1_000

/** Who asks chooses what for, as by an id of a megabyte: so many characters of a question take the room of a record. */
const roomyQuestion = 1_024

/** So many texts are kept, of so many characters at most. */
const [mostTexts, longestText] = [500, 8_192]

/** About a quarter as many questions are known again; a power of two, at most 65,536. */
const mostAsked = 65_536

/**
 * Whose it is. A writer reads again what it has just decided on, and keeps texts too. Who reads alone keeps all for the one
 * transaction. The many who share one ask for ever other records: what they keep was asked for before, or ten times as much
 * would be let go of as was ever recalled, after it has lived just long enough to cost a collector of garbage most.
 */
export type Owner = 'writer' | 'reader' | 'sharing readers'

export function createMemory(owner: Owner): Memory {
  const keepsTexts = owner === 'writer'
  // Of each question a number, in two places, in each of which it gives way to the next that belongs there. Of numbers alone
  // there is nothing to collect; and two that have one place in common, asked in turn, still find each other's second.
  const asked = owner === 'sharing readers' ? new Int32Array(mostAsked) : undefined
  const isWorthKeeping = (question: string): boolean => {
    if (asked === undefined) return true
    const number = numberOf(question)
    const [one, other] = [number & (mostAsked - 1), (number >>> 16) & (mostAsked - 1)]
    const again = asked[one] === number || asked[other] === number
    asked[one] = number
    asked[other] = number
    return again
  }
  const lastClaims = createLastClaims()
  const texts = new Map<string, unknown>()
  const kinds = new Map<KindName, { readonly answers: Map<string, Answer>; room: number }>()
  let kept = 0
  const forget = (kind?: KindName) => {
    if (kind === undefined) {
      kinds.clear()
      lastClaims.forget()
      kept = 0
    } else {
      const own = kinds.get(kind)
      if (own === undefined) return
      kept -= own.room
      own.room = 0
      own.answers.clear()
    }
  }
  return {
    recall(kind, question, now) {
      const known = kinds.get(kind)?.answers.get(question)
      if (known === undefined || now < known.from || (known.until !== null && now >= known.until)) return undefined
      return known.answer
    },
    keep(kind, question, from, until, answer) {
      // What was found empty takes room too.
      const room = answer.length + 1 + Math.floor(question.length / roomyQuestion)
      if (room > mostOfOne) return
      if (!isWorthKeeping(question)) return
      if (kept + room > mostRecords) forget()
      let own = kinds.get(kind)
      if (own === undefined) kinds.set(kind, (own = { answers: new Map(), room: 0 }))
      own.answers.set(question, { from, until, answer })
      own.room += room
      kept += room
    },
    read<R>(text: string, read: (text: string) => R): R {
      if (!keepsTexts || text.length > longestText) return read(text)
      const known = texts.get(text)
      // The same text was read by the same rules.
      if (known !== undefined) return known as R
      const said = read(text)
      if (texts.size >= mostTexts) texts.clear()
      texts.set(text, said)
      return said
    },
    lastClaims,
    forget,
  }
}

/** Nearly always another number for another text (FNV-1a). */
function numberOf(text: string): number {
  let number = 0x811c9dc5 | 0
  for (let index = 0; index < text.length; index++) number = Math.imul(number ^ text.charCodeAt(index), 0x01000193)
  return number
}

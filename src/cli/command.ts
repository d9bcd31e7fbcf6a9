import type { Context } from './context.ts'

/** An option as the parser, the help and the completion of shells see it. Its name has no dashes. */
export interface Option {
  /** What stands for the value in the help, such as `NAME`; null: it takes none. */
  readonly value: string | null
  readonly meaning: string
  /** Its values, when there are no others. */
  readonly choices?: readonly string[]
  /** Values that it is known to take, though others may be right: the help and the completion show them. */
  readonly suggestions?: readonly string[]
  /** What is used without it; only the help says so, the command fills it in. */
  readonly fallback?: string
  /** One letter, for `-o`. */
  readonly short?: string
  /** Takes the words up to the next option. */
  readonly many?: true
  /** Takes a value or none; what stands here is its value then. */
  readonly bare?: string
  /** `--no-NAME` says no. */
  readonly negatable?: true
  readonly required?: boolean
  /** Of all commands of its kind: listed after those of this command. */
  readonly general?: true
  /** Understood, but neither listed nor completed. */
  readonly hidden?: true
}

export type Options = Readonly<Record<string, Option>>

/** A word that is no option, such as the id in `crossconnect loa ID`. */
export interface Positional {
  readonly name: string
  readonly meaning: string
  readonly choices?: readonly string[]
  readonly optional?: true
}

/** One command. Its help and its completion are made from this, so that nothing is typed twice. */
export interface Command {
  readonly summary: string
  /** What else the help says, before its examples. */
  readonly notes?: string
  readonly positionals?: readonly Positional[]
  readonly options: Options
  /** Whole command lines, without the prompt. */
  readonly examples: readonly string[]
  /** Whether nothing is required this time, since it comes in another way. */
  readonly excused?: (given: Given) => boolean
  /** Answers the exit code: 0, or 1 where the service said no. Throws UsageError and the errors of `connection/`. */
  readonly run: (context: Context, given: Given) => Promise<number>
}

/** A command that only has others beneath it, as `operator` has its nouns. */
export interface Family {
  readonly summary: string
  readonly notes?: string
  readonly options: Options
  readonly examples: readonly string[]
  /** What is beneath it; `words` is what follows on the command line, since that may say which server to ask. */
  readonly entries: (context: Context, words: readonly string[]) => Promise<Entries>
}

/** What a list of commands shows of one, and the way to the rest of it. */
export interface Entry {
  readonly summary: string
  readonly load: () => Promise<Command | Family>
}

export type Entries = Readonly<Record<string, Entry>>

/** What was said on the command line, by the names of a command's options. The last one of a kind counts. */
export interface Given {
  readonly text: (option: string) => string | undefined
  /** undefined: neither `--option` nor `--no-option`. */
  readonly flag: (option: string) => boolean | undefined
  readonly list: (option: string) => readonly string[] | undefined
  readonly positionals: readonly string[]
}

/** A command line that cannot be; the message is one sentence. Ends with exit code 2 and the way to the help. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A failure that is nobody's mistake on the command line, such as a server that does not answer. Exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

import { homedir } from 'node:os'
import { UsageError } from '../../command.ts'
import type { Context } from '../../context.ts'

/** What a word stands for: `file://PATH` for the text of a file, `fileb://PATH` for its bytes, anything else for itself. */
export async function fileValue({ environment }: Context, label: string, word: string): Promise<string | Uint8Array> {
  const [, scheme, path = ''] = /^(fileb?):\/\/(.*)$/s.exec(word) ?? []
  if (scheme === undefined) return word
  const { readFile } = await import('node:fs/promises')
  const expanded = path
    .replace(/^~(?=\/|$)/, environment['HOME'] || homedir())
    .replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (text, braced, plain) => environment[braced ?? plain] ?? text)
  const bytes = await readFile(expanded).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${label} ${word}: ${reasons[error.code ?? ''] ?? error.code}`)
  })
  if (scheme === 'fileb') return bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`${label} ${word}: it is not text in UTF-8; for bytes write fileb://`)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read',
  ENOTDIR: 'there is no such file',
}

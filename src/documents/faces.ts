import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * The faces of Noto Sans, each a file for a part of Unicode. A letter loads those of which it has characters, and of them
 * no more than `mostFaces`, so that a name made to need hundreds keeps nobody else waiting long.
 */
export interface Face {
  /** Names the face in a document. */
  readonly name: string
  readonly file: string
  readonly holds: (codePoint: number) => boolean
}

export const mostFaces = 40

const families = {
  latin: import.meta.resolve('@fontsource-variable/noto-sans/unicode.json'),
  arabic: import.meta.resolve('@fontsource-variable/noto-sans-arabic/unicode.json'),
  hebrew: import.meta.resolve('@fontsource-variable/noto-sans-hebrew/unicode.json'),
  thai: import.meta.resolve('@fontsource-variable/noto-sans-thai/unicode.json'),
  japanese: import.meta.resolve('@fontsource-variable/noto-sans-jp/unicode.json'),
  korean: import.meta.resolve('@fontsource-variable/noto-sans-kr/unicode.json'),
  simplified: import.meta.resolve('@fontsource-variable/noto-sans-sc/unicode.json'),
  traditional: import.meta.resolve('@fontsource-variable/noto-sans-tc/unicode.json'),
} as const

type Family = keyof typeof families

const loaded = new Map<Family, Promise<readonly Face[]>>()

/**
 * The faces that a text may need, in the order in which they are to be asked. What Chinese and Japanese share is drawn
 * differently in each; whoever writes kana or hangul gets the forms of that language, anybody else the simplified ones.
 */
export async function facesFor(text: string): Promise<readonly Face[]> {
  const wanted: readonly Family[] = /^[\p{Script=Latin}\p{Script=Common}]*$/u.test(text)
    ? ['latin']
    : ['latin', ...scripts(text)]
  const faces = await Promise.all(wanted.map(facesOf))
  return faces.flat()
}

/** The last two for kana and hangul that no other face has. */
function scripts(text: string): readonly Family[] {
  const eastAsian: readonly Family[] = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? ['japanese', 'simplified', 'traditional', 'korean']
    : /\p{Script=Hangul}/u.test(text)
      ? ['korean', 'simplified', 'traditional', 'japanese']
      : ['simplified', 'traditional', 'japanese', 'korean']
  return [
    ...(/\p{Script=Arabic}/u.test(text) ? (['arabic'] as const) : []),
    ...(/\p{Script=Hebrew}/u.test(text) ? (['hebrew'] as const) : []),
    ...(/\p{Script=Thai}/u.test(text) ? (['thai'] as const) : []),
    ...(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u.test(text)
      ? eastAsian
      : []),
  ]
}

function facesOf(family: Family): Promise<readonly Face[]> {
  const faces = loaded.get(family) ?? readFaces(family)
  loaded.set(family, faces)
  return faces
}

/** Each package lists its files by the ranges that they hold; Latin is always the first family's. */
async function readFaces(family: Family): Promise<readonly Face[]> {
  const list = families[family]
  const name = /\/(noto-sans[^/]*)\/unicode\.json$/.exec(list)?.[1] ?? ''
  const parts = JSON.parse(await readFile(fileURLToPath(list), 'utf8')) as Readonly<Record<string, string>>
  return Object.entries(parts)
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .filter(([part]) => family === 'latin' || !/^(latin|cyrillic|greek|vietnamese)/.test(part))
    .toSorted(([a], [b]) => Number(b === 'latin') - Number(a === 'latin'))
    .map(([part, ranges]) => {
      const file = `files/${name}-${part.replaceAll(/[[\]]/g, '')}-wght-normal.woff2`
      return { name: `${name} ${part}`, file: fileURLToPath(new URL(file, list)), holds: heldBy(ranges) }
    })
}

/** From CSS's notation: `U+0131,U+0152-0153`. */
function heldBy(notation: string): Face['holds'] {
  const ranges = notation.split(',').map((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
  return (codePoint) => ranges.some(([from, to]) => from <= codePoint && codePoint <= to)
}

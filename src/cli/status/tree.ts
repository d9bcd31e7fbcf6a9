import { styleText } from 'node:util'
import type { Output } from '../context.ts'
import { printable } from '../printable.ts'
import { wrapped } from '../wrapped.ts'
import { type Item, isUp } from './item.ts'

type Look = Pick<Output, 'columns' | 'colours'>

/** The trees as lines; what is too long goes on below its beginning. */
export const treeOf = (items: readonly Item[], look: Look): string =>
  items.map((item) => [...linesOf(item, look, '', ''), ''].join('\n')).join('')

/** `first` stands before the item itself, `rest` before all that is below. */
function linesOf(item: Item, look: Look, first: string, rest: string): readonly string[] {
  const { children, reason, state } = item
  const trunk = `${rest}${children.length === 0 ? ' ' : '│'}  `
  const own = wrapped(`${first}${titleOf(item)}: ${state}`, look.columns, trunk).split('\n')
  const why = reason === '' ? [] : wrapped(`${trunk}${printable(reason)}`, look.columns, trunk).split('\n')
  return [
    ...own.slice(0, -1),
    painted(own.at(-1) ?? '', state, look),
    ...why.map((line) => dimmed(line, trunk, look)),
    ...children.flatMap((child, index) =>
      index === children.length - 1
        ? linesOf(child, look, `${rest}└─ `, `${rest}   `)
        : linesOf(child, look, `${rest}├─ `, `${rest}│  `),
    ),
  ]
}

function titleOf({ kind, id, name, facts }: Item): string {
  return printable([[kind, id, name].filter(Boolean).join(' '), ...facts].join(', '))
}

const wrong = new Set(['down', 'rejected', 'deleted', 'deleting', 'detached', 'disassociated'])

function painted(line: string, state: string, { colours }: Look): string {
  if (!colours) return line
  const colour = isUp(state) ? 'green' : wrong.has(state) ? 'red' : 'yellow'
  return line.slice(0, line.length - state.length) + styleText(colour, state, { validateStream: false })
}

function dimmed(line: string, trunk: string, { colours }: Look): string {
  return colours ? trunk + styleText('dim', line.slice(trunk.length), { validateStream: false }) : line
}

import type { Weight } from './font-file.ts'
import { type Fonts, fontName } from './fonts.ts'
import { brokenInto, cutTo, type Glyphs, lineWidth, type Run, runsOf } from './typeset.ts'

export const ink = { text: '#14202b', label: '#51606d', rule: '#b9c4cd', accent: '#17405c', shade: '#f1f5f8' } as const

/** A page to draw on. Lengths are points, from the upper left corner. */
export interface Sheet {
  readonly document: PDFKit.PDFDocument
  /** Prints a text within its box and returns the height that it took. */
  readonly put: (text: string, placing: Placing) => number
  readonly line: (from: readonly [number, number], to: readonly [number, number], color?: string) => void
  readonly box: (box: Box, color: string) => void
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Placing {
  readonly x: number
  /** Where the first line begins. */
  readonly y: number
  readonly width: number
  readonly size: number
  readonly bold?: true
  readonly color?: string
  readonly align?: 'right'
  /** How many lines of this size have room; one where it is absent. */
  readonly lines?: number
  /** What does not fit is printed smaller, down to this size, in as many lines as then have room; then it is cut off. */
  readonly leastSize?: number
}

const lineHeight = 1.34

export function sheetOn(document: PDFKit.PDFDocument, fonts: Fonts): Sheet {
  for (const [name, file] of fonts.files) document.registerFont(name, Buffer.from(file))
  const widths = new Map<string, number>()

  const choose = (run: Run, size: number, weight: Weight) => {
    const wanted = fontName(run.face, weight)
    // Only what is meant to be bold was loaded so.
    document.font(fonts.files.has(wanted) ? wanted : fontName(run.face, 400)).fontSize(size)
  }
  const measure = (run: Run, size: number, weight: Weight): number => {
    const key = `${run.face.name} ${weight} ${run.text}`
    const known = widths.get(key)
    if (known !== undefined) return known * size
    choose(run, 100, weight)
    const width = document.widthOfString(run.text) / 100
    widths.set(key, width)
    return width * size
  }

  const put = (text: string, placing: Placing): number => {
    const { x, y, width, lines = 1, align, color = ink.text } = placing
    const weight = placing.bold === true ? 700 : 400
    const { size, set } = fitted(fonts.glyphsOf(text), placing, weight)
    const height = set.length * size * lineHeight
    document.save()
    // A letter with marks may be higher than its line; it stays out of its neighbours' boxes.
    document.rect(x - 2, y - 2, width + 4, lines * placing.size * lineHeight + 4).clip()
    document.fillColor(color)
    for (const [index, line] of set.entries()) {
      const runs = runsOf(line).map((run) => ({ run, runWidth: measure(run, size, weight) }))
      const total = runs.reduce((sum, { runWidth }) => sum + runWidth, 0)
      let at = align === 'right' ? x + width - total : x
      const baseline = y + size * (index * lineHeight + 1.02)
      for (const { run, runWidth } of runs) {
        choose(run, size, weight)
        // Its types do not know the width, without which it would measure once more.
        const options = { lineBreak: false, baseline: 'alphabetic', textWidth: runWidth } as const
        document.text(run.text, at, baseline, options)
        at += runWidth
      }
    }
    document.restore()
    return height
  }

  const fitted = (glyphs: readonly Glyphs[], placing: Placing, weight: Weight) => {
    const { width, leastSize = placing.size } = placing
    const room = (placing.lines ?? 1) * placing.size
    for (let size = placing.size; ; size = Math.max(size - 0.5, leastSize)) {
      const measured = (run: Run) => measure(run, size, weight)
      const lines = Math.max(1, Math.floor(room / size))
      const set = brokenInto(glyphs, width, measured)
      const fits = set.length <= lines && set.every((line) => lineWidth(line, measured) <= width)
      if (fits) return { size, set }
      if (size > leastSize) continue
      const [ellipsis] = fonts.glyphsOf('…')
      const last = set[lines - 1]
      if (ellipsis === undefined || last === undefined) return { size, set: set.slice(0, lines) }
      return { size, set: [...set.slice(0, lines - 1), cutTo(last, width, ellipsis, measured)] }
    }
  }

  return {
    document,
    put,
    line: ([x1, y1], [x2, y2], color = ink.rule) => {
      document.moveTo(x1, y1).lineTo(x2, y2).lineWidth(0.7).stroke(color)
    },
    box: (box, color) => {
      document.rect(box.x, box.y, box.width, box.height).fill(color)
    },
  }
}

/**
 * The countries whose printers hold US Letter; all others hold A4.
 * @source Unicode CLDR, supplemental data, paperSize; UTS 35, part 2, Measurement System Data
 */
const letterCountries = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '))

export interface Paper {
  readonly name: 'A4' | 'LETTER'
  /** Points. */
  readonly width: number
  readonly height: number
}

/** @param country ISO 3166, two letters */
export function paperOf(country: string): Paper {
  return letterCountries.has(country)
    ? { name: 'LETTER', width: 612, height: 792 }
    : { name: 'A4', width: 595.28, height: 841.89 }
}

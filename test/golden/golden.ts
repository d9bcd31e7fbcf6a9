// What the product hands out, as it is known to be good. `npm run golden` writes these files anew; a test holds them.
/** One file beneath test/golden. */
export interface Golden {
  /** Such as `router-configs/FRRouting-Linux-FRR8/private.txt`. */
  readonly path: string
  readonly content: string | Buffer
}

export const goldenFolder = new URL('./', import.meta.url)

import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Blob, Face as HarfbuzzFace } from 'harfbuzzjs'
import decompress from 'woff2-encoder/decompress'
import type { Face } from './faces.ts'

/** How bold: the position on a variable font's axis `wght`. */
export type Weight = 400 | 700

/**
 * A face at one weight as a TrueType file with nothing but some characters, and whatever joins and shapes them. The same
 * characters give the same bytes.
 */
export async function fontFile(face: Face, weight: Weight, codePoints: Iterable<number>): Promise<Uint8Array> {
  const [harfbuzz, { bytes }] = await Promise.all([loadHarfbuzz(), whole(face)])
  // Each face is some milliseconds of work; between two of them others get their turn.
  await setImmediate()
  return harfbuzz(bytes, weight, codePoints)
}

/** What a face really has; the ranges that its package declares for it are wider. */
export async function charactersOf(face: Face): Promise<ReadonlySet<number>> {
  return (await whole(face)).characters
}

/** A face with all its characters, as TrueType. */
interface Whole {
  readonly bytes: Uint8Array
  readonly characters: ReadonlySet<number>
}

/** Faces that were wanted lately: the Latin ones always, of the many others those that this installation writes in. */
const recent = new Map<string, Promise<Whole>>()
const mostRecent = 48

function whole({ file }: Face): Promise<Whole> {
  const known = recent.get(file) ?? readWhole(file)
  recent.delete(file)
  recent.set(file, known)
  const [oldest] = recent.keys()
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest)
  return known
}

async function readWhole(file: string): Promise<Whole> {
  const bytes = await decompress(await readFile(file))
  await setImmediate()
  return { bytes, characters: new Set(new HarfbuzzFace(new Blob(bytes)).collectUnicodes()) }
}

/** The part of a browser's interface that Node has too, and its types leave out. */
declare const WebAssembly: {
  readonly instantiate: (file: Uint8Array) => Promise<{ readonly instance: { readonly exports: unknown } }>
}

/** What we call of HarfBuzz's C interface; pointers and handles are numbers. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly _initialize: () => void
  readonly malloc: (size: number) => number
  readonly free: (pointer: number) => void
  readonly hb_blob_create: (data: number, length: number, mode: number, userData: number, destroy: number) => number
  readonly hb_blob_destroy: (blob: number) => void
  readonly hb_blob_get_data: (blob: number, length: number) => number
  readonly hb_blob_get_length: (blob: number) => number
  readonly hb_face_create: (blob: number, index: number) => number
  readonly hb_face_destroy: (face: number) => void
  readonly hb_face_reference_blob: (face: number) => number
  readonly hb_set_add: (set: number, value: number) => void
  readonly hb_set_clear: (set: number) => void
  readonly hb_set_invert: (set: number) => void
  readonly hb_subset_input_create_or_fail: () => number
  readonly hb_subset_input_destroy: (input: number) => void
  readonly hb_subset_input_pin_axis_location: (input: number, face: number, tag: number, value: number) => number
  readonly hb_subset_input_set: (input: number, which: number) => number
  readonly hb_subset_input_unicode_set: (input: number) => number
  readonly hb_subset_or_fail: (face: number, input: number) => number
}

/** @source hb-blob.h and hb-subset.h: HB_MEMORY_MODE_WRITABLE, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG, HB_TAG('wght') */
const writable = 2
const layoutFeatures = 6
const weightAxis = 0x77676874

type Subset = (font: Uint8Array, weight: Weight, codePoints: Iterable<number>) => Uint8Array

let harfbuzz: Promise<Subset> | undefined

function loadHarfbuzz(): Promise<Subset> {
  harfbuzz ??= instantiate()
  return harfbuzz
}

async function instantiate(): Promise<Subset> {
  const file = await readFile(fileURLToPath(import.meta.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm')))
  const { instance } = await WebAssembly.instantiate(file)
  // The module's own interface, which its types do not describe.
  const hb = instance.exports as Exports
  // oxlint-disable-next-line no-underscore-dangle -- what such modules call it
  hb._initialize()
  return (font, weight, codePoints) => subset(hb, font, weight, codePoints)
}

function subset(hb: Exports, font: Uint8Array, weight: Weight, codePoints: Iterable<number>): Uint8Array {
  const data = hb.malloc(font.length)
  new Uint8Array(hb.memory.buffer).set(font, data)
  const blob = hb.hb_blob_create(data, font.length, writable, 0, 0)
  const face = hb.hb_face_create(blob, 0)
  hb.hb_blob_destroy(blob)
  const input = hb.hb_subset_input_create_or_fail()
  const characters = hb.hb_subset_input_unicode_set(input)
  for (const codePoint of codePoints) hb.hb_set_add(characters, codePoint)
  const features = hb.hb_subset_input_set(input, layoutFeatures)
  hb.hb_set_clear(features)
  hb.hb_set_invert(features)
  hb.hb_subset_input_pin_axis_location(input, face, weightAxis, weight)
  const small = hb.hb_subset_or_fail(face, input)
  hb.hb_subset_input_destroy(input)
  hb.hb_face_destroy(face)
  if (small === 0) throw new Error('a font of which no part can be made')
  const file = hb.hb_face_reference_blob(small)
  const start = hb.hb_blob_get_data(file, 0)
  const bytes = new Uint8Array(hb.memory.buffer).slice(start, start + hb.hb_blob_get_length(file))
  hb.hb_blob_destroy(file)
  hb.hb_face_destroy(small)
  hb.free(data)
  return bytes
}

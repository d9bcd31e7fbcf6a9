import { refuse } from '../../fault.ts'

const mostBytes = 64 * 1024
const mostPixels = 2_000

/**
 * Refuses whatever could not be printed as it is. The bytes of the image go into the letter unread, so its head decides:
 * a PNG of 8 bits a channel without transparency and interlacing, or a JPEG.
 * @param logo base64
 */
export function checkLogo(logo: string): void {
  const { width, height } = logoSize(logo)
  if (width < 1 || height < 1 || width > mostPixels || height > mostPixels)
    throw wrong(`it is ${width} by ${height} pixels; both must be within 1 to ${mostPixels}`)
}

/** In pixels. */
export function logoSize(logo: string): Size {
  const bytes = Buffer.from(logo, 'base64')
  if (bytes.length > mostBytes) throw wrong(`it has ${bytes.length} bytes, more than ${mostBytes}`)
  const size = pngSize(bytes) ?? jpegSize(bytes)
  if (size === undefined) throw wrong('it is neither a PNG nor a JPEG')
  return size
}

function wrong(why: string) {
  return refuse(`Invalid value for logo: ${why}`)
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Chunk by chunk to the end, since what reads it later has to find the end too. */
function pngSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 33 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined
  if (view.getUint32(8) !== 13 || chunkName(bytes, 12) !== 'IHDR') throw wrong('it is a PNG without a head')
  const [bits, colors, , , interlaced] = bytes.subarray(24, 29)
  if (bits !== 8 || (colors !== 0 && colors !== 2) || interlaced !== 0)
    throw wrong(
      'a PNG must have 8 bits a channel, grey or RGB, with no transparency, palette or interlacing: it is printed on white paper',
    )
  let at = 33
  let hasData = false
  while (at + 12 <= bytes.length) {
    const name = chunkName(bytes, at + 4)
    if (name === 'IEND') break
    if (name === 'tRNS') throw wrong('it has transparent pixels: it is printed on white paper')
    hasData ||= name === 'IDAT'
    at += 12 + view.getUint32(at)
  }
  if (!hasData || at + 12 !== bytes.length) throw wrong('it is a PNG that is cut off or has something after its end')
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

function chunkName(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

/** The first frame's head says the size, upright: a camera may say that it is to be turned. @source ITU-T T.81, B.1.1.3 and B.2.2 */
function jpegSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined
  let at = 2
  let isLying: boolean | undefined
  while (at + 10 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xe1) isLying ??= liesOnItsSide(view, at + 4)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      const channels = bytes[at + 9]
      if (bytes[at + 4] !== 8 || (channels !== 1 && channels !== 3))
        throw wrong('a JPEG must have 8 bits a channel and be grey or in colour, not in CMYK')
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      return isLying === true ? { width: height, height: width } : { width, height }
    }
    at += 2 + view.getUint16(at + 2)
  }
  throw wrong('it is a JPEG without a picture')
}

/**
 * Of a segment with Exif data whether the picture has to be turned by a quarter; undefined: it has no such data.
 * @source Exif 2.32, 4.5.4 and 4.6.4: a TIFF file whose tag Orientation is above 4
 */
function liesOnItsSide(view: DataView, at: number): boolean | undefined {
  const tiff = at + 6
  if (tiff + 8 > view.byteLength || view.getUint32(at) !== 0x45786966 || view.getUint16(at + 4) !== 0) return undefined
  const isLittleEndian = view.getUint16(tiff) === 0x4949
  const entries = tiff + view.getUint32(tiff + 4, isLittleEndian) + 2
  if (entries > view.byteLength) return false
  const end = Math.min(view.byteLength - 11, entries + 12 * view.getUint16(entries - 2, isLittleEndian))
  for (let entry = entries; entry < end; entry += 12)
    if (view.getUint16(entry, isLittleEndian) === 0x0112) {
      const orientation = view.getUint16(entry + 8, isLittleEndian)
      return orientation > 4 && orientation <= 8
    }
  return false
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type ColorType, PNG } from 'pngjs'
import { scenarios } from '../../../../test/golden/letters/scenarios.ts'
import { renderLetter } from '../../../documents/letter-pdf.ts'
import { Fault } from '../../fault.ts'
import { checkLogo, logoSize } from './logo.ts'

const png = (width: number, height: number, colorType: ColorType = 2) =>
  PNG.sync.write(new PNG({ width, height }), { colorType, inputHasAlpha: true })
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const refused = (bytes: Uint8Array, why: RegExp) =>
  assert.throws(() => checkLogo(base64(bytes)), { name: 'Fault', message: why })

/** The head of a JPEG and nothing else. */
const jpeg = (width: number, height: number, channels = 3) =>
  Uint8Array.from(
    [
      [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0],
      [0xff, 0xc0, 0, 8 + 3 * channels, 8, height >> 8, height & 255, width >> 8, width & 255, channels],
      Array.from({ length: 3 * channels }, () => 0),
    ].flat(),
  )

/** The same as a camera writes it that was held in another way. */
const turned = (orientation: number, order: 'II*\0' | 'MM\0*') => {
  const [head, ...picture] = [jpeg(300, 200).subarray(0, 2), jpeg(300, 200).subarray(2)]
  const tiff = Buffer.concat([Buffer.from(order), Buffer.alloc(22)])
  const write = (value: number, at: number, bytes: number) =>
    order === 'II*\0' ? tiff.writeUIntLE(value, at, bytes) : tiff.writeUIntBE(value, at, bytes)
  write(8, 4, 4)
  write(1, 8, 2)
  write(0x0112, 10, 2)
  write(3, 12, 2)
  write(1, 14, 4)
  write(orientation, 18, 2)
  return Buffer.concat([head, Uint8Array.of(0xff, 0xe1, 0, 8 + tiff.length), Buffer.from('Exif\0\0'), tiff, ...picture])
}

test('a picture that its camera says is to be turned keeps its proportions', () => {
  for (const order of ['II*\0', 'MM\0*'] as const)
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8])
      assert.deepEqual(
        logoSize(base64(turned(orientation, order))),
        orientation > 4 ? { width: 200, height: 300 } : { width: 300, height: 200 },
        `${orientation}`,
      )
})

test('a logo is a JPEG, or a PNG without transparency, of at most 64 KiB and 2000 pixels', () => {
  checkLogo(base64(png(32, 16)))
  checkLogo(base64(jpeg(300, 200)))
  checkLogo(base64(jpeg(300, 200, 1)))
  refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /neither a PNG nor a JPEG/)
  refused(new Uint8Array(), /neither a PNG nor a JPEG/)
  refused(png(8, 8, 6), /with no transparency/)
  refused(png(2_001, 1), /2001 by 1 pixels/)
  refused(jpeg(0, 10), /0 by 10 pixels/)
  refused(jpeg(10, 10, 4), /not in CMYK/)
  refused(jpeg(10, 10).subarray(0, 12), /without a picture/)
  refused(png(8, 8).subarray(0, 50), /cut off/)
  refused(Buffer.concat([png(8, 8), Buffer.from('more')]), /after its end/)
  refused(new Uint8Array(65_537), /65537 bytes, more than 65536/)
})

test('whatever is accepted as a logo can be printed', async () => {
  const [scenario] = scenarios
  assert.ok(scenario)
  const print = (logo: string) => renderLetter(scenario.letter, { ...scenario.issuer, logo })
  const damaged = fc
    .tuple(fc.constantFrom(png(24, 24), jpeg(24, 24), turned(6, 'MM\0*')), fc.nat(200), fc.nat(255))
    .map(([whole, at, value]) => {
      const bytes = Uint8Array.from(whole)
      bytes[at % whole.length] = value
      return bytes
    })
  await print(base64(jpeg(300, 200)))
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      try {
        checkLogo(base64(bytes))
      } catch (error) {
        assert.ok(error instanceof Fault, String(error))
        return
      }
      assert.ok((await print(base64(bytes))).length > 0)
    }),
    { numRuns: 60 },
  )
})

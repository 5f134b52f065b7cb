import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImageFileError, imageOf, tooManyImages } from './image-file.ts'

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

describe('an image file', () => {
  it.each([
    ['png', png],
    ['jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['gif', [...Buffer.from('GIF89a')]],
    ['webp', [...Buffer.from('RIFF\0\0\0\0WEBPVP8 ')]],
  ])('is known by its first bytes: %s', (format, bytes) => {
    expect(imageOf('x', Uint8Array.from(bytes))).toEqual({ format, data: Buffer.from(bytes).toString('base64') })
  })

  it('keeps every byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (rest) => {
        const bytes = Uint8Array.from([...png, ...rest])
        expect(Buffer.from(imageOf('x', bytes).data, 'base64').equals(bytes)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it.each(['', 'RIFF\0\0\0\0WAVE', '<svg xmlns="http://www.w3.org/2000/svg"></svg>', '%PDF-1.7'])(
    'is not %j',
    (text) => {
      expect(() => imageOf('report.png', Buffer.from(text))).toThrow(
        new ImageFileError('report.png is not a PNG, JPEG, GIF or WebP image.'),
      )
    },
  )

  it('has a limit, alone and together with others', () => {
    const large = new Uint8Array(5_200_000)
    large.set(png)
    expect(() => imageOf('large.png', large)).toThrow('large.png has 5.2 MB; an image may have 5 MB.')
    const { data } = imageOf('fits.png', large.subarray(0, 5_000_000))
    expect(tooManyImages([{ data }, { data }, {}])).toBeUndefined()
    expect(tooManyImages([{ data }, { data }, { data }, { data }])).toBe(
      'The images of this conversation have 20 MB together; a request has room for 15 MB.',
    )
  })
})

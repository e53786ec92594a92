import {expect, test} from 'vitest'
import {readImageHead} from '../../../src/lib/core/image-head.js'
import {jpegHead, pngHead} from '../../support/media-heads.js'

test.each([
  ['png', pngHead(640, 480)],
  ['jpeg', jpegHead(640, 480)],
  ['jpeg', jpegHead(640, 480, 0)],
] as const)('the head of a %s image tells its size', (format, bytes) => {
  expect(readImageHead(bytes)).toEqual({format, width: 640, height: 480})
})

test.each([4, 20, 300])('of a JPEG image cut off after %i bytes the format alone is known', (length) => {
  expect(readImageHead(jpegHead(640, 480).subarray(0, length))).toEqual({
    format: 'jpeg',
    width: undefined,
    height: undefined,
  })
})

test('text is no image', () => {
  expect(readImageHead(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined()
})

import fc from 'fast-check'
import {expect, test} from 'vitest'
import {videoSeconds} from '../../../../src/lib/customizations/check/video-seconds.js'
import {box, mp4} from '../../../support/media-heads.js'

const secondsOf = (bytes: Buffer): Promise<number | undefined> =>
  videoSeconds(bytes.length, async (start, length) => bytes.subarray(start, start + length))

test.each([0, 1] as const)('the movie header of version %i tells how long a video is', async (version) => {
  expect(await secondsOf(mp4(95, version))).toBe(95)
})

test.each([
  ['no boxes', Buffer.from('no video at all, but text')],
  ['no movie', box('mdat', Buffer.alloc(50))],
  ['a movie without header', box('moov', box('trak'))],
  ['a header cut off', box('moov', box('mvhd', Buffer.alloc(10)))],
  ['a box that ends before it begins', Buffer.from('00000004moov', 'latin1')],
  ['a scale of zero', box('moov', box('mvhd', Buffer.alloc(100)))],
])('%s says nothing', async (_, bytes) => {
  expect(await secondsOf(bytes)).toBeUndefined()
})

test('whatever the bytes are, few of them are read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({maxLength: 400}), async (array) => {
      const bytes = Buffer.from(array)
      let reads = 0
      await videoSeconds(bytes.length, async (start, length) => {
        reads += 1
        return bytes.subarray(start, start + length)
      })

      expect(reads).toBeLessThan(140)
    }),
  )
})

import {expect, test} from 'vitest'
import {decodeAwsChunked, isAwsChunked} from '../../../../src/lib/sandbox/wire/aws-chunked.js'

test('chunks are joined, signatures and trailers left out', () => {
  const body = '5;chunk-signature=abc\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n'

  expect(decodeAwsChunked(Buffer.from(body)).toString()).toBe('hello world')
})

test.each([[''], ['5'], ['zz\r\nhello'], ['-5\r\nhello\r\n']])('%j holds nothing', (body) => {
  expect(decodeAwsChunked(Buffer.from(body))).toHaveLength(0)
})

test('a body that breaks off gives what there is', () => {
  expect(decodeAwsChunked(Buffer.from('a\r\nhel')).toString()).toBe('hel')
})

test.each([
  [{'content-encoding': 'gzip,aws-chunked'}, true],
  [{'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'}, true],
  [{'content-encoding': 'gzip'}, false],
])('%j is chunked: %s', (headers, expected) => {
  expect(isAwsChunked(headers)).toBe(expected)
})

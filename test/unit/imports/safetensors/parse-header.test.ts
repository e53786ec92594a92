import fc from 'fast-check'
import {expect, test} from 'vitest'
import {headerLength} from '../../../../src/lib/imports/safetensors/header-length.js'
import {parseClosely, parseHeader} from '../../../../src/lib/imports/safetensors/parse-header.js'
import {safetensors} from '../../../support/safetensors-file.js'

const LENGTH = 8

/** What a reader of the whole file would do. */
function read(file: Buffer) {
  const length = headerLength(file.subarray(0, LENGTH + 1), file.length)
  if ('fault' in length) return length
  return parseHeader(file.subarray(LENGTH, LENGTH + length.bytes), file.length - LENGTH - length.bytes)
}

function withHeader(text: string, data = 0): Buffer {
  const header = Buffer.from(text)
  const length = Buffer.alloc(LENGTH)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, Buffer.alloc(data)])
}

const entry = (type: string, shape: string, offsets: string) =>
  `{"dtype":"${type}","shape":${shape},"data_offsets":${offsets}}`

const tensors = fc.uniqueArray(fc.string({maxLength: 12}), {maxLength: 12}).chain((names) =>
  fc.tuple(
    ...names
      .filter((name) => name !== '__metadata__')
      .map((name) =>
        fc
          .tuple(
            fc.constantFrom(['F32', 4], ['BF16', 2], ['U8', 1], ['I64', 8]),
            fc.array(fc.nat({max: 5}), {maxLength: 3}),
          )
          .map(([[dtype, size], shape]) => ({
            name,
            dtype: String(dtype),
            shape,
            bytes: shape.reduce((product, one) => product * one, Number(size)),
            shard: 1,
          })),
      ),
  ),
)

test('whatever is written as safetensors are is read as it was written', () => {
  fc.assert(
    fc.property(tensors, (written) => {
      const file = safetensors(written)

      const found = read(file)

      const names =
        'header' in found ? found.header.tensors.map(({name, shape, type}) => ({name, shape, type})) : found.fault
      expect(names).toEqual(expect.arrayContaining(written.map(({dtype, name, shape}) => ({name, shape, type: dtype}))))
      expect(names).toHaveLength(written.length)
    }),
  )
})

test('whatever the bytes are, an answer comes and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 300}), fc.boolean(), (bytes, framed) => {
      const body = Buffer.from(bytes)
      const found = read(framed ? Buffer.concat([withHeader(body.toString('latin1')), body]) : body)

      expect('fault' in found ? found.fault.said : '').toMatch(/^.*\.?$/s)
    }),
    {numRuns: 1000},
  )
})

test('a byte that is changed anywhere in a header leaves a file that is told, or is as large as before', () => {
  const file = safetensors([
    {name: 'a', dtype: 'BF16', shape: [4], bytes: 8, shard: 1},
    {name: 'b', dtype: 'F32', shape: [2, 2], bytes: 16, shard: 1},
  ])
  fc.assert(
    fc.property(fc.nat({max: file.length - 25}), fc.nat({max: 255}), (at, byte) => {
      const changed = Buffer.from(file)
      changed[at] = byte

      const found = read(changed)

      if ('header' in found) expect(found.header.tensors.reduce((sum, {bytes}) => sum + bytes, 0)).toBe(24)
    }),
    {numRuns: 2000},
  )
})

test('the quick way and the close one say the same, also of headers that were changed', () => {
  fc.assert(
    fc.property(tensors, fc.nat({max: 400}), fc.constantFrom(...'"{}[]:,0-.e9\\ a\u0001'), (written, at, sign) => {
      const file = safetensors(written)
      const length = Number(file.readBigUInt64LE())
      const header = Buffer.from(file.subarray(LENGTH, LENGTH + length))
      if (at < length) header[at] = sign.charCodeAt(0)
      const data = file.length - LENGTH - length

      expect(parseHeader(header, data)).toEqual(parseClosely(header, data))
    }),
    {numRuns: 2000},
  )
})

// What huggingface/safetensors 0.8.0 says of the same files is in the comments.
test.each([
  ['', 0, undefined], // header too small
  ['{}', 0, 'read'],
  ['{"__metadata__":null}', 0, 'read'],
  ['{"__metadata__":{"format":"pt"}}   \n', 0, 'read'],
  [`{"":${entry('U8', '[1]', '[0,1]')}}`, 1, 'read'],
  [`{"a":${entry('F32', '[]', '[0,4]')}}`, 4, 'read'],
  [`{"a":${entry('F32', '[0,7]', '[0,0]')}}`, 0, 'read'],
  [` {"a":${entry('U8', '[1]', '[0,1]')}}`, 1, 'read'],
  [`{"a":${entry('F4', '[2]', '[0,1]')}}`, 1, 'read'],
  ['{"__metadata__":{"n":1}}', 0, 'json'], // invalid JSON
  ['[]', 0, 'json'],
  ['{}\u0000', 0, 'json'],
  ['\ufeff{}', 0, 'json'],
  [`{"a":${entry('F4', '[1]', '[0,1]')}}`, 1, 'layout'], // misaligned slice
  [`{"a":${entry('U8', '[1.0]', '[0,1]')}}`, 1, 'layout'], // invalid JSON
  [`{"a":${entry('U8', '[1e0]', '[0,1]')}}`, 1, 'layout'],
  [`{"a":${entry('U8', '[1]', '[1,0]')}}`, 1, 'layout'],
  [`{"a":${entry('U8', '[1]', '[0,1,1]')}}`, 1, 'layout'],
  [`{"a":${entry('U8', '[4294967296,4294967296]', '[0,1]')}}`, 1, 'layout'], // overflow
  [`{"a":${entry('U8', '[1]', '[0,1]')}}`, 2, 'layout'], // not fully covered
  [`{"a":{"dtype":"U8","shape":[1]}}`, 1, 'layout'],
  [`{"a":7}`, 0, 'layout'],
  [`{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}`, 1, 'duplicate'], // duplicate field
  [`{"a":${entry('U8', '[1]', '[0,1]')},"\\u0061":${entry('U8', '[1]', '[0,1]')}}`, 1, 'duplicate'], // accepted there
  [`{"a":${entry('u8', '[1]', '[0,1]')}}`, 1, 'type'], // unknown variant
  [`{"a":${entry('toString', '[1]', '[0,1]')}}`, 1, 'type'],
] as const)('%s with %i bytes behind it', (text, data, kind) => {
  const found = read(withHeader(text, data))

  expect('header' in found ? 'read' : found.fault.kind).toBe(kind ?? 'length')
})

test('bytes that are no UTF-8 are told', () => {
  const found = parseHeader(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x30, 0x7d]), 0)

  expect(found).toMatchObject({fault: {kind: 'json', said: 'Its header is not UTF-8.'}})
})

test('a header of millions of values ends in bounded memory', () => {
  const text = Buffer.from(`{"a":[${'0,'.repeat(6_000_000)}0]}`)
  const before = process.memoryUsage().rss

  const found = parseHeader(text, 0)

  expect(found).toMatchObject({fault: {kind: 'json'}})
  expect(process.memoryUsage().rss - before).toBeLessThan(300e6)
})

import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {readTensors} from '../../../../../src/lib/sandbox/fakes/bedrock/imports/safetensors-header.js'
import {memoryBlob} from '../../../../../src/lib/sandbox/world/objects/blob.js'
import {Content} from '../../../../../src/lib/sandbox/world/objects/content.js'
import {zeroWeights} from '../../../../../src/lib/sandbox/world/objects/zero-weights.js'
import {safetensors, withHeaderLength} from '../../../../support/safetensors-file.js'

const read = (file: Buffer) => readTensors(Content.of(memoryBlob(file, () => undefined)))

const size = fc.integer({min: 1, max: 9})
const tensor = fc.record({
  dtype: fc.constantFrom('BF16', 'F16'),
  shape: fc.array(size, {minLength: 1, maxLength: 3}),
})

describe('a safetensors header', () => {
  test('is read back as it was written, by tests and by scenarios', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tensor, {maxLength: 5}), async (made) => {
        const tensors = made.map(({dtype, shape}, index) => {
          const bytes = shape.reduce((product, one) => product * one, 2)
          return {name: `tensor-${index}`, dtype, shape, bytes, shard: 1}
        })
        const expected = tensors.map(({shard: _, ...one}) => expect.objectContaining(one))
        const declared = tensors.map(({name, dtype, shape}) => [name, `${dtype} ${shape.join('x')}`])
        expect(await read(safetensors(tensors))).toEqual(expected)
        const {head, bytes} = zeroWeights(Object.fromEntries(declared))
        expect(await read(Buffer.concat([head, Buffer.alloc(bytes)]))).toEqual(expected)
      }),
    )
  })

  const file = safetensors([{name: 'a', dtype: 'BF16', shape: [2, 2], bytes: 8, shard: 1}])
  const rewritten = (from: string, to: string) =>
    safetensors([{name: 'a', dtype: 'BF16', shape: [2, 2], bytes: 8, shard: 1}], (text) => text.replace(from, to))

  test.each([
    ['a file of no bytes', Buffer.alloc(0), 'header too small'],
    ['a length of 2^60', withHeaderLength(file, 2n ** 60n), 'header too large'],
    ['a length in the other order of bytes', withHeaderLength(file, file.readBigUInt64LE(), 'big'), 'header too large'],
    ['a length beyond the file', withHeaderLength(file, 1000n), 'invalid header length'],
    ['no length', withHeaderLength(file, 0n), 'invalid JSON in header'],
    ['a byte too many', Buffer.concat([file, Buffer.alloc(1)]), 'incomplete metadata, file not fully covered'],
    ['an unknown type', rewritten('BF16', 'constructor'), 'invalid JSON in header: tensor `a`'],
    ['a negative size', rewritten('[2,2]', '[-2,-2]'), 'invalid JSON in header: tensor `a`'],
    [
      'a huge shape',
      rewritten('[2,2]', '[9007199254740991,9007199254740991]'),
      expect.stringContaining('invalid shape'),
    ],
    ['a gap', rewritten('[0,8]', '[8,16]'), 'invalid offset for tensor `a`'],
    ['three offsets', rewritten('[0,8]', '[0,8,8]'), 'invalid JSON in header: tensor `a`'],
  ])('is refused with %s', async (_, bytes, problem) => {
    expect(await read(bytes)).toEqual(problem)
  })
})

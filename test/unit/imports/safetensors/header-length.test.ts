import fc from 'fast-check'
import {expect, test} from 'vitest'
import {headerLength} from '../../../../src/lib/imports/safetensors/header-length.js'

test('a length is taken when the file has so many bytes, and never otherwise', () => {
  fc.assert(
    fc.property(fc.bigInt({min: 0n, max: 2n ** 64n - 1n}), fc.nat({max: 2 ** 31 - 1}), (claimed, fileBytes) => {
      const first = Buffer.alloc(9)
      first.writeBigUInt64LE(claimed)

      const found = headerLength(first, fileBytes)

      const isPossible = claimed >= 2n && claimed <= 100_000_000n && claimed <= BigInt(Math.max(0, fileBytes - 8))
      expect('bytes' in found).toBe(isPossible)
    }),
  )
})

test.each([
  [2n ** 60n, 'length'],
  [100_000_001n, 'length'],
  [0n, 'length'],
  [2n ** 63n, 'length'],
] as const)('a header that claims %s bytes is told as its length', (claimed, kind) => {
  const first = Buffer.alloc(200, ',')
  first.writeBigUInt64LE(claimed)
  first[8] = 0x7b

  expect(headerLength(first, 1e12)).toMatchObject({fault: {kind}})
})

test('a length that is right when it is turned round is that of a big-endian file', () => {
  const file = Buffer.concat([Buffer.alloc(8), Buffer.from('{"a":{}}')])
  file.writeBigUInt64BE(8n)

  expect(headerLength(file, file.length)).toMatchObject({fault: {kind: 'big-endian'}})
})

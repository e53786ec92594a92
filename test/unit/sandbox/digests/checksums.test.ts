import fc from 'fast-check'
import {expect, test} from 'vitest'
import {checksumOf, runningChecksum} from '../../../../src/lib/sandbox/digests/checksums.js'
import {combineCrcs} from '../../../../src/lib/sandbox/digests/combine-crc.js'

const CRCS = ['CRC32', 'CRC32C', 'CRC64NVME'] as const

// The check values that the catalogue of CRCs has for `123456789`.
test.each([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
] as const)('%s of the nine digits is %s', (algorithm, expected) => {
  expect(Buffer.from(checksumOf(algorithm, Buffer.from('123456789')), 'base64').toString('hex')).toBe(expected)
})

test('a checksum is the same however the bytes come', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CRCS), fc.array(fc.uint8Array({maxLength: 40})), (algorithm, chunks) => {
      const running = runningChecksum(algorithm)
      for (const chunk of chunks) running.update(chunk)

      expect(running.digest().toString('base64')).toBe(checksumOf(algorithm, Buffer.concat(chunks)))
    }),
  )
})

test('checksums of stretches make that of the whole', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CRCS), fc.array(fc.uint8Array({maxLength: 40})), (algorithm, chunks) => {
      const parts = chunks.map((chunk) => ({
        digest: Buffer.from(checksumOf(algorithm, chunk), 'base64'),
        bytes: chunk.length,
      }))

      expect(combineCrcs(algorithm, parts).toString('base64')).toBe(checksumOf(algorithm, Buffer.concat(chunks)))
    }),
  )
})

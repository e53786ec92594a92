import fc from 'fast-check'
import {expect, test} from 'vitest'
import {cidrsOverlap, coverage, parseCidr} from '../../../../src/lib/audit/facts/cidr.js'

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'))
const range = fc.tuple(ipv4, fc.integer({min: 0, max: 32})).map(([address, prefix]) => `${address}/${prefix}`)

test.each([
  ['10.0.0.0/23', ['10.0.0.0/24', '10.0.1.0/24'], 'all'],
  ['10.0.0.0/23', ['10.0.1.0/24'], 'some'],
  ['10.0.0.0/23', ['10.0.0.0/25', '10.0.1.0/24'], 'some'],
  ['10.0.0.0/23', ['10.0.2.0/24'], 'none'],
  ['10.0.0.0/24', ['0.0.0.0/0'], 'all'],
  ['10.0.0.0/24', ['::/0'], 'none'],
  ['2001:db8:1::/64', ['2001:db8:1::/48'], 'all'],
  ['2001:db8:1::/64', ['2001:db8:2::/48'], 'none'],
  ['10.0.0.7', ['10.0.0.0/29'], 'all'],
  ['no address', ['0.0.0.0/0'], 'none'],
] as const)('%s by %j is covered: %s', (cidr, by, expected) => {
  expect(coverage(cidr, by)).toBe(expected)
})

test('a range is covered by its two halves, and by neither alone', () => {
  fc.assert(
    fc.property(ipv4, fc.integer({min: 0, max: 31}), (address, prefix) => {
      const whole = parseCidr(`${address}/${prefix}`)
      const first = whole?.first ?? 0n
      const middle = first + ((whole?.last ?? 0n) - first + 1n) / 2n
      const [low, high] = [first, middle].map((start) => `${dotted(start)}/${prefix + 1}`)

      expect(coverage(`${address}/${prefix}`, [high ?? '', low ?? ''])).toBe('all')
      expect(coverage(`${address}/${prefix}`, [low ?? ''])).toBe('some')
      expect(coverage(`${address}/${prefix}`, [high ?? ''])).toBe('some')
    }),
  )
})

test('ranges overlap whichever is named first, and exactly where one covers something of the other', () => {
  fc.assert(
    fc.property(range, range, (one, other) => {
      expect(cidrsOverlap(one, other)).toBe(cidrsOverlap(other, one))
      expect(cidrsOverlap(one, other)).toBe(coverage(one, [other]) !== 'none')
    }),
  )
})

test('an IPv6 address that ends as IPv4 is read', () => {
  expect(parseCidr('::ffff:10.0.0.1')?.first).toBe(0xffff0a000001n)
})

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
}

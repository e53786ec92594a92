import {isIP} from 'node:net'

/** The addresses of a CIDR, first and last as numbers. */
export interface AddressRange {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

/** A CIDR or a single address; undefined when the text is neither. */
export function parseCidr(text: string): AddressRange | undefined {
  const [address = '', bits, ...rest] = text.trim().split('/')
  const family = isIP(address)
  if ((family !== 4 && family !== 6) || rest.length > 0) return undefined
  const length = family === 4 ? 32 : 128
  const prefix = bits === undefined ? length : Number(bits)
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > length) return undefined
  const size = 1n << BigInt(length - prefix)
  const value = family === 4 ? ofIpv4(address) : ofIpv6(address)
  const first = value - (value % size)
  return {family, first, last: first + size - 1n}
}

/** False also where one of them cannot be read. */
export function cidrsOverlap(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)]
  return a !== undefined && b !== undefined && overlaps(a, b)
}

/** How much of the addresses the given ranges hold, together: one range may be covered by several side by side. */
export function coverage(cidr: string, by: readonly string[]): 'all' | 'some' | 'none' {
  const wanted = parseCidr(cidr)
  if (wanted === undefined) return 'none'
  const ranges = by.flatMap((text) => parseCidr(text) ?? []).filter((range) => overlaps(range, wanted))
  let next = wanted.first
  for (const {first, last} of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    if (first > next) break
    if (last >= next) next = last + 1n
  }
  if (next > wanted.last) return 'all'
  return ranges.length > 0 ? 'some' : 'none'
}

function overlaps(one: AddressRange, other: AddressRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last
}

function ofIpv4(address: string): bigint {
  return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

function ofIpv6(address: string): bigint {
  const [plain = ''] = address.split('%')
  const [head = '', tail] = withoutIpv4(plain).split('::')
  const front = groupsOf(head)
  const back = tail === undefined ? [] : groupsOf(tail)
  const middle = Array.from({length: 8 - front.length - back.length}, () => '0')
  return [...front, ...middle, ...back].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n)
}

/** `::ffff:10.0.0.1` ends with an IPv4 address, which stands for two groups. */
function withoutIpv4(address: string): string {
  const last = address.slice(address.lastIndexOf(':') + 1)
  if (isIP(last) !== 4) return address
  const value = ofIpv4(last)
  return `${address.slice(0, -last.length)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':')
}

import {BlockList, isIP} from 'node:net'

/** Answers whether an address is in an IPv4 or IPv6 range. */
export type IpRange = (address: string) => boolean

/** A single address or CIDR notation; undefined when it is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  const [address = '', bits, ...rest] = text.trim().split('/')
  const family = familyOf(address)
  if (family === undefined || rest.length > 0) return undefined
  const longest = family === 'ipv4' ? 32 : 128
  const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
  if (!(prefix <= longest)) return undefined
  const range = new BlockList()
  range.addSubnet(address, prefix, family)
  return (candidate) => {
    const its = familyOf(candidate)
    return its === family && range.check(candidate, its)
  }
}

export function isIpAddress(text: string): boolean {
  return isIP(text) !== 0
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address)
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined
}

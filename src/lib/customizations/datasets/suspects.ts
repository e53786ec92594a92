const PRIVATE_KEY = Buffer.from('PRIVATE KEY-----')
const BEGIN = Buffer.from('-----BEGIN ')
const RESERVED_DOMAINS = /^(?:[a-z0-9-]+\.)*(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$/i
const LONGEST_DOMAIN = 128
const SHORTEST_DOMAIN = 4

/** Whether an `@` stands in an e-mail address, of a domain that is not set apart for examples. */
export function emailAt(bytes: Buffer, start: number, at: number, end: number): boolean {
  if (at === start || !isAlphanumeric(bytes[at - 1])) return false
  const first = at + 1
  let beyond = first
  const most = Math.min(end, at + LONGEST_DOMAIN)
  while (beyond < most && isOfDomain(bytes[beyond])) beyond += 1
  if (beyond - first < SHORTEST_DOMAIN) return false
  // A sentence may end with the point.
  const domain = bytes.toString('latin1', first, beyond).replace(/[.-]+$/, '')
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(domain) && !RESERVED_DOMAINS.test(domain)
}

/** Whether digits make the number of a payment card: its length, its first digit and its check digit fit. */
export function cardAt(bytes: Buffer, start: number, index: number, beyond: number, end: number): boolean {
  if (index > start && isAlphanumeric(bytes[index - 1])) return false
  if (beyond < end && isAlphanumeric(bytes[beyond])) return false
  const text = bytes.toString('latin1', index, beyond)
  if (!/^[2-6]\d{3}([ -]?)\d{4,6}\1\d{4,5}(?:\1\d{1,4})?$/.test(text)) return false
  const digits = text.replaceAll(/\D/g, '')
  return digits.length >= 13 && digits.length <= 19 && passesLuhn(digits) && !/^(\d)\1+$/.test(digits)
}

/** Whether digits make a phone number: with a plus before the country, or parted as in North America. */
export function phoneAt(bytes: Buffer, start: number, index: number, beyond: number): boolean {
  const text = bytes.toString('latin1', index, beyond)
  const digits = text.replaceAll(/\D/g, '').length
  const before = index > start ? bytes[index - 1] : 0x20
  if (before === 0x2b) return digits >= 9 && digits <= 15
  if (isAlphanumeric(before)) return false
  return /^(?:1[ .-])?\(?\d{3}\)?[ .-]{1,2}\d{3}[.-]\d{4}$/.test(text)
}

/** Whether digits make a US social security number, parted as it is printed; areas that are not given out are none. */
export function socialSecurityAt(bytes: Buffer, start: number, index: number, beyond: number, end: number): boolean {
  if (beyond - index !== 11 || (index > start && isPartOfNumber(bytes[index - 1]))) return false
  if (beyond < end && isAlphanumeric(bytes[beyond])) return false
  const text = bytes.toString('latin1', index, beyond)
  return /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(text)
}

/** Whether two capitals before digits begin an IBAN, by its check digits. */
export function ibanAt(bytes: Buffer, start: number, index: number, end: number): boolean {
  if (index - 2 < start || !isCapital(bytes[index - 1]) || !isCapital(bytes[index - 2])) return false
  if (index - 3 >= start && isCapital(bytes[index - 3])) return false
  const text = bytes.toString('latin1', index - 2, Math.min(end, index + 40))
  const spaced = /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])/.exec(text)
  if (spaced === null) return false
  const iban = spaced[0].replaceAll(' ', '')
  if (!/\d{6}/.test(iban)) return false
  const moved = iban.slice(4) + iban.slice(0, 4)
  let rest = 0
  for (const character of moved) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** What secret a `K` or a `-` is part of. */
export function secretKeyAt(
  bytes: Buffer,
  start: number,
  index: number,
  end: number,
): 'awsKey' | 'privateKey' | undefined {
  if (bytes[index] === 0x2d) {
    if (bytes[index + 1] !== 0x2d || index + BEGIN.length > end) return undefined
    if (BEGIN.compare(bytes, index, index + BEGIN.length) !== 0) return undefined
    const head = bytes.subarray(index, Math.min(end, index + 64))
    return head.indexOf(PRIVATE_KEY) >= 0 ? 'privateKey' : undefined
  }
  // AKIA and sixteen more; those of temporary credentials (ASIA) have no K there and are of no use for long.
  if (index - 1 < start || bytes[index - 1] !== 0x41 || bytes[index + 1] !== 0x49 || bytes[index + 2] !== 0x41) {
    return undefined
  }
  const before = index - 2 >= start ? bytes[index - 2] : 0x20
  const text = bytes.toString('latin1', index - 1, Math.min(end, index + 20))
  return !isCapital(before) && /^AKIA[A-Z2-7]{16}(?![A-Z0-9])/.test(text) && !text.endsWith('EXAMPLE')
    ? 'awsKey'
    : undefined
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function isAlphanumeric(byte = 0): boolean {
  return isLetter(byte) || (byte >= 0x30 && byte <= 0x39)
}

function isPartOfNumber(byte = 0): boolean {
  return isAlphanumeric(byte) || byte === 0x2d || byte === 0x2b
}

function isOfDomain(byte = 0): boolean {
  return isAlphanumeric(byte) || byte === 0x2e || byte === 0x2d
}

function isLetter(byte = 0): boolean {
  const small = byte | 0x20
  return small >= 0x61 && small <= 0x7a
}

export function isCapital(byte = 0): boolean {
  return byte >= 0x41 && byte <= 0x5a
}

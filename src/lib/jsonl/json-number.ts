const ZERO = 0x30
const NINE = 0x39
const PLUS = 0x2b
const MINUS = 0x2d
const POINT = 0x2e

/** The greatest integer up to which doubles are exact has sixteen digits. */
const EXACT_DIGITS = 15

/** Where the number that starts there ends, -1 when it is not written as JSON writes numbers. */
export function endOfNumber(bytes: Uint8Array, start: number, end: number): {end: number; isInteger: boolean} {
  const first = bytes[start] === MINUS ? start + 1 : start
  const whole = endOfDigits(bytes, first, end)
  if (whole === first || (bytes[first] === ZERO && whole > first + 1)) return {end: -1, isInteger: false}
  const fraction = endOfFraction(bytes, whole, end)
  const exponent = fraction < 0 ? -1 : endOfExponent(bytes, fraction, end)
  return {end: exponent, isInteger: exponent === whole}
}

function endOfFraction(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || bytes[start] !== POINT) return start
  const last = endOfDigits(bytes, start + 1, end)
  return last === start + 1 ? -1 : last
}

function endOfExponent(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || ((bytes[start] ?? 0) | 0x20) !== 0x65) return start
  const sign = bytes[start + 1]
  const digits = start + (sign === PLUS || sign === MINUS ? 2 : 1)
  const last = endOfDigits(bytes, digits, end)
  return last === digits ? -1 : last
}

/** Whether an integer is none that a double can hold and its neighbours not: beyond 2^53. */
export function isBeyondDouble(bytes: Buffer, start: number, end: number): boolean {
  if (end - start <= EXACT_DIGITS) return false
  return !Number.isSafeInteger(Number(bytes.toString('latin1', start, end)))
}

function endOfDigits(bytes: Uint8Array, start: number, end: number): number {
  let position = start
  while (position < end && (bytes[position] ?? 0) >= ZERO && (bytes[position] ?? 0) <= NINE) position += 1
  return position
}

/** The number that four hexadecimal digits stand for, -1 when they are none. */
export function unitAt(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) return -1
  let value = 0
  for (let index = start; index < start + 4; index += 1) {
    const digit = digitOf(bytes[index] ?? 0)
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

function digitOf(byte: number): number {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO
  const letter = (byte | 0x20) - 0x61
  return letter >= 0 && letter < 6 ? letter + 10 : -1
}

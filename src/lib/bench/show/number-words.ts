/** `0.42`, `9.81`, `41.2`, `1,203`: three digits or all before the point, so that numbers under one another compare. */
export function numberText(value: number): string {
  return fixed(value, digitsOf(value))
}

/** A number with its 95 % interval beside it, all to the same digits: `412`, `[404–421]`. */
export function intervalText(value: number, low: number, high: number, unicode: boolean): string {
  const digits = digitsOf(value)
  return `[${fixed(low, digits)}${unicode ? '–' : '-'}${fixed(high, digits)}]`
}

/** A number as it was given: `500`, `37.5`. */
export function givenText(value: number): string {
  return value.toLocaleString('en-US', {maximumFractionDigits: 3})
}

/** `77.5 %`, `0.2 %`, `<0.1 %`; a share that is not whole is never told as none or all. */
export function shareText(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.05) return '<0.1 %'
  if (percent < 100 && percent >= 99.95) return '>99.9 %'
  return `${fixed(percent, percent === 0 || percent === 100 ? 0 : 1)} %`
}

/** `820 ms`, `12.4 s`, `5m 02s`. */
export function lengthText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${numberText(ms / 1000)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`
}

function digitsOf(value: number): number {
  const size = Math.abs(value)
  if (size === 0 || size >= 99.95) return 0
  return size >= 9.995 ? 1 : size >= 0.01 ? 2 : 4
}

function fixed(value: number, digits: number): string {
  return value.toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits})
}

/** `$1,234.56`; below a cent as many digits as tell it from zero: `$0.0033`. Other currencies by their code: `CNY 12.00`. */
export function formatMoney(amount: number, currency: string): string {
  const size = Math.abs(amount)
  const digits = size === 0 || size >= 1 ? 2 : Math.min(10, Math.max(2, 2 - Math.floor(Math.log10(size))))
  const text = inDigits(size, 2, digits)
  return `${amount < 0 ? '-' : ''}${currency === 'USD' ? '$' : `${currency} `}${text}`
}

/**
 * Amounts of one column, with digits alike: cents, or more where all of them together are less than one of their unit.
 * What would read as zero is less than the last digit: `<$0.01`.
 */
export function formatAmounts(amounts: readonly number[]): (amount: number, currency: string) => string {
  const sum = amounts.reduce((all, amount) => all + Math.abs(amount), 0)
  const digits = sum === 0 || sum >= 1 ? 2 : Math.min(10, Math.max(2, 2 - Math.floor(Math.log10(sum))))
  const least = 10 ** -digits
  return (amount, currency) => {
    const size = Math.abs(amount)
    const little = size > 0 && size < least / 2
    const text = inDigits(little ? least : size, digits, digits)
    return `${little ? '<' : ''}${amount < 0 ? '-' : ''}${currency === 'USD' ? '$' : `${currency} `}${text}`
  }
}

/** A price as its list has it, without rounding: `$3.30`, `$0.000125`. */
export function formatPrice(amount: number, currency: string): string {
  const text = inDigits(amount, 2, 10)
  return currency === 'USD' ? `$${text}` : `${currency} ${text}`
}

const STEPS = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e4, 'k'],
] as const

/** `120.0 M`, `3,500`, `48.0 k`: a count for people, to three digits or more. */
export function formatCount(count: number): string {
  const [unit, letter] = STEPS.find(([from]) => count >= from) ?? [1, '']
  if (letter === '') return inDigits(count, 0, count < 100 ? 2 : 0)
  const steps = count / (letter === 'k' ? 1000 : unit)
  const digits = steps < 9.995 ? 2 : 1
  return `${inDigits(steps, 1, digits)} ${letter}`
}

const formats = new Map<string, Intl.NumberFormat>()

/** A format takes a hundred times as long to make as to use, and a board formats thousands of numbers a minute. */
function inDigits(value: number, least: number, most: number): string {
  const key = `${least} ${most}`
  const known = formats.get(key)
  const format = known ?? new Intl.NumberFormat('en-US', {minimumFractionDigits: least, maximumFractionDigits: most})
  if (known === undefined) formats.set(key, format)
  return format.format(value)
}

const AMOUNT = /^(\d{1,15})(?:\.(\d{1,30}))?(?:e([-+]?\d{1,2}))?$/i
/** So many significant digits come out of a number as they went in. */
const MOST_DIGITS = 15

/**
 * The price for `per` units where `text` is the price for `count`, both powers of ten: the point is moved in the text,
 * so that the number prints as the exact decimal. Undefined where the text is no such amount.
 */
export function exactAmount(text: string, count: number, per: number): number | undefined {
  const [found, whole = '', fraction = '', exponent = '0'] = AMOUNT.exec(text) ?? []
  if (found === undefined) return undefined
  const digits = `${whole}${fraction}`
  if (digits.replace(/^0+|0+$/g, '').length > MOST_DIGITS) return undefined
  const shift = Math.round(Math.log10(per / count)) + Number(exponent) - fraction.length
  return Number(`${digits}e${shift}`)
}

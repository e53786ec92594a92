import {usageError} from '../../core/errors.js'

/** A price in USD from a flag; undefined when the flag was not given. */
export function parsePrice(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text.replace(/^\$/, ''))
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw usageError('INVALID_PRICE', `--${flag} ${text} is not a price.`, {
      hint: `Write USD per million tokens: --${flag} 1.50`,
    })
  }
  return value
}

import {BedrockctlError} from '../../../../src/lib/core/errors.js'

/** What a usage error says is wrong. */
export function whyRefused(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof BedrockctlError && error.code === 'NOT_PRICED') return error.why ?? ''
    throw error
  }
  throw new Error('it was not refused')
}

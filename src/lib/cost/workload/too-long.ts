import type {Decimal} from '../../core/decimal.js'
import {countWords} from './count-words.js'
import type {ResolvedCall} from './resolve-call.js'

/** What is taken for granted of a request that is longer than the model is known to take; undefined where it fits. */
export function tooLong({contextTokens, modelId}: ResolvedCall, inputTokens: Decimal): string | undefined {
  if (contextTokens === undefined || inputTokens.lte(contextTokens)) return undefined
  return `${modelId} takes ${countWords(inputTokens)} input tokens in a request, although ${contextTokens.toLocaleString('en-US')} are its known limit`
}

import type * as Runtime from '@aws-sdk/client-bedrock-runtime'
import type {CountTokensCommandInput} from '@aws-sdk/client-bedrock-runtime'
import {handlersFor} from '../../handler.js'
import {countConverse} from './count-converse.js'
import {countInvoke} from './count-invoke.js'
import {countableModel} from './countable-model.js'
import {invalid} from './refusals.js'

// Whatever the window of the model: https://github.com/boto/botocore/issues/3707
const MOST_TOKENS = 200_000

export const countTokens = handlersFor<typeof Runtime>()({
  CountTokens({modelId, input}, context) {
    countableModel(modelId, context)
    const inputTokens = count(input)
    if (inputTokens > MOST_TOKENS) {
      throw invalid(`prompt is too long: ${inputTokens} tokens > ${MOST_TOKENS} maximum`)
    }
    return {inputTokens}
  },
})

function count(input: CountTokensCommandInput['input']): number {
  if (input?.converse !== undefined) return countConverse(input.converse)
  return countInvoke(input?.invokeModel?.body ?? new Uint8Array())
}

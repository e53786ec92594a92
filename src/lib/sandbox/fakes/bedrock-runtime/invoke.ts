import type * as Runtime from '@aws-sdk/client-bedrock-runtime'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {Answer} from '../bedrock/answers/family.js'
import {writeAnswer} from '../bedrock/answers/vectors.js'
import {openConverse, openInvocation} from './calls.js'
import {answerWhole} from './streaming/answer-whole.js'
import {chunkFrame, converseFrame} from './streaming/frames.js'
import {streamAnswer} from './streaming/stream-answer.js'

export const invocations = handlersFor<typeof Runtime>()({
  async InvokeModel({modelId, body}, context) {
    const call = await openInvocation({modelId, body}, context)
    const answer = call.family.answer(call.request, call.about)
    const latencyMs = await answerWhole(call, answer, context)
    tellTokens({...answer, latencyMs}, context)
    return {body: Buffer.concat(writeAnswer(answer.output)), contentType: 'application/json'}
  },

  async InvokeModelWithResponseStream({modelId, body}, context) {
    const call = await openInvocation({modelId, body}, context)
    return {body: streamAnswer(call, chunkFrame, context), contentType: 'application/json'}
  },

  async Converse(input, context) {
    const call = await openConverse(input, context)
    const {output, outputTokens} = call.family.answer(call.request, call.about)
    const said = output as unknown as Pick<Runtime.ConverseCommandOutput, 'output' | 'stopReason'>
    const {inputTokens = 0} = call
    const latencyMs = await answerWhole(call, {inputTokens, outputTokens}, context)
    return {
      output: said.output,
      stopReason: said.stopReason,
      usage: {inputTokens, outputTokens, totalTokens: inputTokens + outputTokens},
      metrics: {latencyMs},
    }
  },

  async ConverseStream(input, context) {
    const call = await openConverse(input, context)
    return {stream: streamAnswer(call, converseFrame, context)}
  },
})

/** Headers that InvokeModel answers with for every model. */
function tellTokens(
  {inputTokens, outputTokens, latencyMs}: Omit<Answer, 'output'> & {readonly latencyMs: number},
  context: RequestContext,
): void {
  context.setHeader('x-amzn-bedrock-input-token-count', String(inputTokens))
  context.setHeader('x-amzn-bedrock-output-token-count', String(outputTokens))
  context.setHeader('x-amzn-bedrock-invocation-latency', String(latencyMs))
}

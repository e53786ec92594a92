import type * as Runtime from '@aws-sdk/client-bedrock-runtime'
import {handlersFor, type RequestContext} from '../../handler.js'
import {cachedTokens, converseUsage} from '../bedrock/answers/cached.js'
import type {Answer} from '../bedrock/answers/family.js'
import {writeAnswer} from '../bedrock/answers/vectors.js'
import {type Invocation, type OpenCall, openConverse, openInvocation} from './calls.js'
import {answerWhole} from './streaming/answer-whole.js'
import {chunkFrame, converseFrame} from './streaming/frames.js'
import {streamAnswer} from './streaming/stream-answer.js'

export const invocations = handlersFor<typeof Runtime>()({
  async InvokeModel(input, context) {
    const call = await openInvocation(invocationIn(input), context)
    const whole = call.family.answer(call.request, call.about)
    const answer = {...whole, inputTokens: (call.inputTokens ?? whole.inputTokens) - cachedTokens(call.cache)}
    const latencyMs = await answerWhole(call, answer, context)
    tellTokens({...answer, latencyMs}, context)
    return {body: Buffer.concat(writeAnswer(answer.output)), contentType: 'application/json', ...servedHeaders(call)}
  },

  async InvokeModelWithResponseStream(input, context) {
    const call = await openInvocation(invocationIn(input), context)
    return {body: streamAnswer(call, chunkFrame, context), contentType: 'application/json', ...servedHeaders(call)}
  },

  async Converse(input, context) {
    const call = await openConverse(input, context)
    const {output, outputTokens} = call.family.answer(call.request, call.about)
    const said = output as unknown as Pick<Runtime.ConverseCommandOutput, 'output' | 'stopReason'>
    const inputTokens = (call.inputTokens ?? 0) - cachedTokens(call.cache)
    const latencyMs = await answerWhole(call, {inputTokens, outputTokens}, context)
    return {
      output: said.output,
      stopReason: said.stopReason,
      usage: converseUsage({inputTokens, outputTokens}, call.cache),
      metrics: {latencyMs},
      ...tracedBy(call),
      ...call.about.served,
    }
  },

  async ConverseStream(input, context) {
    const call = await openConverse(input, context)
    return {stream: streamAnswer(call, converseFrame, context)}
  },
})

/** What an InvokeModel asks for, in its headers and its body. */
function invocationIn({
  modelId,
  body,
  serviceTier,
  performanceConfigLatency,
  guardrailIdentifier,
  guardrailVersion,
  trace,
}: Omit<Runtime.InvokeModelRequest, 'modelId' | 'body'> & {modelId: string; body?: unknown}): Invocation {
  const wanted = {tier: serviceTier, latency: performanceConfigLatency}
  return {modelId, body, wanted, guardrail: {guardrailIdentifier, guardrailVersion, trace}}
}

function tracedBy({about: {guard}}: OpenCall) {
  const trace = guard?.trace()
  return trace ? {trace} : {}
}

/** Members that tell in headers how a call was served. */
function servedHeaders({served: {tier, latency}}: OpenCall) {
  return {
    ...(tier !== undefined && {serviceTier: tier}),
    ...(latency !== undefined && {performanceConfigLatency: latency}),
  }
}

/** Headers that InvokeModel answers with for every model. */
function tellTokens(
  {inputTokens, outputTokens, latencyMs}: Omit<Answer, 'output'> & {readonly latencyMs: number},
  context: RequestContext,
): void {
  context.setHeader('x-amzn-bedrock-input-token-count', String(inputTokens))
  context.setHeader('x-amzn-bedrock-output-token-count', String(outputTokens))
  context.setHeader('x-amzn-bedrock-invocation-latency', String(latencyMs))
}

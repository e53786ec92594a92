import type {RequestContext} from '../../../handler.js'
import {admit} from '../admission.js'
import {countAnswer} from '../called-minutes.js'
import type {OpenCall} from '../calls.js'

/**
 * Refuses a call for want of quota, or holds an answer that is not streamed back until it is due, where a pace is set, and counts it; gives the latency to
 * tell, which without a pace is what it would have been.
 */
export async function answerWhole(
  call: OpenCall,
  {inputTokens, outputTokens}: {readonly inputTokens: number; readonly outputTokens: number},
  context: RequestContext,
): Promise<number> {
  const {model, modelId, pace} = call
  const settle = admit({...call, modelId, base: model.id}, inputTokens, context)
  const told = pace.told(inputTokens, outputTokens)
  const waited = pace.set ? await context.streams.hold({pace, inputTokens, outputTokens}, context) : undefined
  const latencyMs = waited ?? told
  settle(outputTokens)
  countAnswer(call, {inputTokens, outputTokens, latencyMs}, context)
  return latencyMs
}

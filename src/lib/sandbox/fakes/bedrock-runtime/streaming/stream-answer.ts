import type {RequestContext} from '../../../handler.js'
import type {FrameStream} from '../../../streams/frame-stream.js'
import {cachedTokens} from '../../bedrock/answers/cached.js'
import {admit} from '../admission.js'
import {countAnswer} from '../called-minutes.js'
import type {OpenCall} from '../calls.js'
import {unsupported} from '../refusals.js'
import type {FrameWriter} from './frames.js'
import {AnswerScript} from './script.js'

/** The answer to a call as a stream at its model's pace; it is counted when it is over. Refused for want of quota. */
export function streamAnswer(call: OpenCall, write: FrameWriter, context: RequestContext): FrameStream {
  const {model, modelId, pace, family, request, about} = call
  const answer = family.stream?.(request, about)
  if (!answer) throw unsupported()
  const inputTokens = (call.inputTokens ?? answer.inputTokens) - cachedTokens(call.cache)
  const settle = admit({...call, modelId, base: model.id}, inputTokens, context)
  return {
    script: new AnswerScript({...answer, inputTokens}, {write, tokensPerEvent: pace.tokensPerEvent, seed: pace.seed}),
    pacing: pace.pacing(inputTokens),
    turn: pace.turn(),
    arrivedAt: context.arrivedAt,
    modelId,
    settle: ({tokens, latencyMs, firstByteMs}) => {
      settle(tokens)
      countAnswer(call, {inputTokens, outputTokens: tokens, latencyMs, firstByteMs}, context)
    },
  }
}

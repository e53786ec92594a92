import type {StreamWording} from '../../bedrock-runtime/streaming/wording.js'
import type {AnswerRequest, Body, CacheUse, Family, Said} from './family.js'
import {say, type Wish} from './say.js'

/** What an answer is worded from. */
export interface Spoken {
  readonly said: Said
  readonly wish: Wish
  readonly body: Body
  readonly request: AnswerRequest
}

interface Speech {
  refusal: Family['refusal']
  /** What a body asks for. */
  wish(body: Body): Wish
  whole(spoken: Spoken): Body
  streamed(spoken: Spoken): StreamWording
}

/** A family that answers in words, whole or streamed. */
export function speaking({refusal, wish: wishOf, whole, streamed}: Speech): Family {
  const speak = (body: Body, request: AnswerRequest): Spoken => {
    const wish = wishOf(body)
    return {wish, said: say(wish, request.length), body, request}
  }
  return {
    refusal,
    answer(body, request) {
      const spoken = speak(body, request)
      const {wish, said} = spoken
      return {output: whole(spoken), inputTokens: wish.prompt.tokens, outputTokens: said.tokens}
    },
    stream(body, request) {
      const spoken = speak(body, request)
      return {said: spoken.said, inputTokens: spoken.wish.prompt.tokens, wording: streamed(spoken)}
    },
  }
}

/** The member that Bedrock adds to the last event of a family's own stream. */
export function invocationMetrics(
  metrics: {
    readonly inputTokens: number
    readonly outputTokens: number
    readonly latencyMs: number
    readonly firstByteMs: number
  },
  cache?: CacheUse,
): Body {
  const {inputTokens, outputTokens, latencyMs, firstByteMs} = metrics
  return {
    'amazon-bedrock-invocationMetrics': {
      inputTokenCount: inputTokens,
      outputTokenCount: outputTokens,
      invocationLatency: latencyMs,
      firstByteLatency: firstByteMs,
      ...(cache && {cacheReadInputTokenCount: cache.read, cacheWriteInputTokenCount: cache.write}),
    },
  }
}

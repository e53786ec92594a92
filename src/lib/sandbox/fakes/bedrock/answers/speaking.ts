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
    const said = say(wish, request.length)
    return {wish, said: request.guard ? request.guard.edit(said) : said, body, request}
  }
  return {
    refusal,
    answer(body, request) {
      const spoken = speak(body, request)
      const {wish, said} = spoken
      return {
        output: {...whole(spoken), ...guardMembers(request)},
        inputTokens: wish.prompt.tokens,
        outputTokens: said.tokens,
      }
    },
    stream(body, request) {
      const spoken = speak(body, request)
      const wording = guarded(streamed(spoken), request)
      return {said: spoken.said, inputTokens: spoken.wish.prompt.tokens, wording}
    },
  }
}

/** Members that Bedrock adds to a family's own answer where a guardrail is at work. */
function guardMembers({guard, inBody}: AnswerRequest): Body {
  if (!guard || !inBody) return {}
  const trace = guard.trace()
  return {'amazon-bedrock-guardrailAction': guard.action, ...(trace && {'amazon-bedrock-trace': trace})}
}

function guarded(wording: StreamWording, request: AnswerRequest): StreamWording {
  if (!request.guard || !request.inBody) return wording
  return {
    ...wording,
    closing: (said, metrics) => {
      const events = wording.closing(said, metrics)
      return events.map((event, index) => (index === events.length - 1 ? {...event, ...guardMembers(request)} : event))
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

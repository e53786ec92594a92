import {anthropicMessages} from '../bedrock/answers/anthropic.js'
import type {Body, Family} from '../bedrock/answers/family.js'
import {flag, text} from '../bedrock/answers/shape.js'
import {anthropicWords} from '../bedrock/answers/wording.js'

/** Anthropic's Messages with the members that bedrock-runtime has in its path and headers. */
export const mantleMessages: Family = {
  refusal(body) {
    const {model, stream} = body
    const problem = text({min: 1})(model) ?? (stream === undefined ? undefined : flag(stream))
    if (problem) return anthropicWords({...problem, path: [problem.wanted === 'boolean' ? 'stream' : 'model']})
    return anthropicMessages.refusal(inner(body))
  },
  answer: (body, request) => anthropicMessages.answer(inner(body), request),
  stream: (body, request) => {
    const streamed = anthropicMessages.stream?.(inner(body), request)
    if (!streamed) throw new TypeError('Messages stream')
    return streamed
  },
}

function inner({model: _, stream: __, service_tier: ___, ...rest}: Body): Body {
  return {...rest, anthropic_version: 'bedrock-2023-05-31'}
}

import type * as Runtime from '@aws-sdk/client-bedrock-runtime'
import {isTree} from '../../../core/is-tree.js'
import {handlersFor, type RequestContext} from '../../handler.js'
import {converse} from '../bedrock/answers/converse.js'
import type {Answer, Body} from '../bedrock/answers/family.js'
import {writeAnswer} from '../bedrock/answers/vectors.js'
import {countConverse} from './count-converse.js'
import {findAnswerer} from './find-answerer.js'
import {invalid} from './refusals.js'

const NO_CHAT =
  "This action doesn't support the model that you provided. Try again with a supported text or chat model."
const MALFORMED = 'Malformed input request, please reformat your input and try again.'
/** How long the sandbox says that an answer took: a while, and then each token. */
const LATENCY_MS = 200
const TOKEN_MS = 8

export const invocations = handlersFor<typeof Runtime>()({
  async InvokeModel({modelId, body}, context) {
    const model = await findAnswerer(modelId, context)
    model.begin?.()
    const request = parse(bytesOf(body))
    const family = model.family(request)
    const refused = family.refusal(request)
    if (refused !== undefined) throw invalid(refused)
    const answer = family.answer(request, {modelId: model.id, now: context.now()})
    model.end?.({...answer, latencyMs: latencyOf(answer.outputTokens)})
    tellTokens(answer, context)
    return {body: Buffer.concat(writeAnswer(answer.output)), contentType: 'application/json'}
  },

  async Converse(input, context) {
    const {modelId, ...rest} = input
    const model = await findAnswerer(modelId, context)
    if (!model.chat) throw invalid(NO_CHAT)
    const inputTokens = countConverse(rest)
    const request: Body = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    const refused = converse.refusal(request) ?? model.refusal?.(rest)
    if (refused !== undefined) throw invalid(refused)
    model.begin?.()
    const {output, outputTokens} = converse.answer(request, {modelId: model.id, now: context.now()})
    const said = output as unknown as Pick<Runtime.ConverseCommandOutput, 'output' | 'stopReason'>
    const latencyMs = latencyOf(outputTokens)
    model.end?.({inputTokens, outputTokens, latencyMs})
    return {
      output: said.output,
      stopReason: said.stopReason,
      usage: {inputTokens, outputTokens, totalTokens: inputTokens + outputTokens},
      metrics: {latencyMs},
    }
  },
})

/** Its type allows for a stream, but a body that is no stream in the model has been read by now. */
function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}

function parse(body: Uint8Array): Body {
  try {
    const request: unknown = JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(body))
    if (isTree(request)) return request
  } catch {
    throw invalid(MALFORMED)
  }
  throw invalid(MALFORMED)
}

const latencyOf = (outputTokens: number): number => LATENCY_MS + outputTokens * TOKEN_MS

/** Headers that InvokeModel answers with for every model. */
function tellTokens({inputTokens, outputTokens}: Answer, context: RequestContext): void {
  context.setHeader('x-amzn-bedrock-input-token-count', String(inputTokens))
  context.setHeader('x-amzn-bedrock-output-token-count', String(outputTokens))
  context.setHeader('x-amzn-bedrock-invocation-latency', String(latencyOf(outputTokens)))
}

import type {RequestContext} from '../handler.js'
import type {Body} from './bedrock/answers/family.js'
import {chatPrompt} from './bedrock/answers/prompt.js'
import {infer} from './bedrock-mantle/inference.js'
import {type MantleAnswer, type MantleInput, MODELS_PATH} from './bedrock-mantle/mantle-call.js'
import {mantleModels} from './bedrock-mantle/mantle-models.js'
import {describeModel, modelFor, requestIn} from './bedrock-mantle/requests.js'

/** Operations by their IAM actions: the endpoint has no other names for them. */
export default {
  ListModels(_: MantleInput, context: RequestContext): MantleAnswer {
    return {json: {object: 'list', data: mantleModels(context).map(describeModel)}}
  },

  GetModel({path}: MantleInput, context: RequestContext): MantleAnswer {
    const id = decodeURIComponent(path.slice(MODELS_PATH.length + 1))
    return {json: describeModel(modelFor(id, context))}
  },

  CountTokens({body}: MantleInput, context: RequestContext): MantleAnswer {
    const request: Body = requestIn(body)
    modelFor(request['model'], context, '/anthropic/v1/messages')
    return {json: {input_tokens: chatPrompt(request['messages'], request['system'], request['tools']).tokens}}
  },

  CreateInference: infer,
}

import {type RequestContext, WireError} from '../../handler.js'
import {familyOf, isChat} from '../bedrock/answers/families.js'
import type {Answerer} from './answerer.js'
import {importedAnswerer} from './imported/imported-answerer.js'
import {invocableModel} from './invocable-model.js'

/** Throws what Bedrock answers where the account may not call it from this Region. */
export async function findAnswerer(modelId: string, context: RequestContext): Promise<Answerer> {
  return (await importedAnswerer(modelId, context)) ?? baseAnswerer(modelId, context)
}

function baseAnswerer(modelId: string, context: RequestContext): Answerer {
  const {id, streaming} = invocableModel(modelId, context)
  return {
    id,
    chat: isChat(id),
    streams: streaming !== false,
    family() {
      const family = familyOf(id)
      if (!family) throw new WireError('NotImplemented', `The sandbox does not answer for the model ${id}.`, 501)
      return family
    },
  }
}

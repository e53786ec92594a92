import type {ContentBlock, ConverseCommandInput} from '@aws-sdk/client-bedrock-runtime'
import type {RequestContext} from '../../../handler.js'
import type {ImportedModel} from '../../../world/import-state.js'
import type {Answerer} from '../answerer.js'
import {bodyFormat} from './body-formats.js'
import {useCopy} from './copies.js'
import {findImported} from './find-imported.js'

/** What answers for the ARN of an imported model; `undefined` for any other id. */
export async function importedAnswerer(modelId: string, context: RequestContext): Promise<Answerer | undefined> {
  const model = await findImported(modelId, context)
  if (!model) return undefined
  return {
    id: model.arn,
    chat: model.instructSupported,
    streams: true,
    family: (body) => bodyFormat(model, body),
    refusal: (request) => converseRefusal(model, request),
    begin: () => useCopy(model, context),
  }
}

/** Tools are for GPT-OSS, which Converse is not open to. */
function converseRefusal(
  {multimodal}: ImportedModel,
  {messages = [], toolConfig}: Omit<ConverseCommandInput, 'modelId'>,
): string | undefined {
  if (toolConfig !== undefined) return "This model doesn't support tool use."
  const blocks = messages.flatMap(({content = []}): readonly ContentBlock[] => content)
  if (!multimodal && blocks.some(({image}) => image !== undefined)) {
    return "This model doesn't support the image content block."
  }
  return undefined
}

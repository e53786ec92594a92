import type * as Client from '@aws-sdk/client-bedrock-agent'
import type {PromptVariant} from '@aws-sdk/client-bedrock-agent'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi, type Prompt} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {agentPage, notFound} from './refusals.js'

const DRAFT = 'DRAFT'

export const prompts = handlersFor<typeof Client>()({
  // Without an identifier the draft of each; with one, all its versions.
  ListPrompts({promptIdentifier, ...input}, context) {
    const all =
      promptIdentifier === undefined
        ? promptsHere(context).map((prompt) => summarise(prompt, DRAFT, prompt.createdOn, context))
        : versionsOf(findPrompt(promptIdentifier, context), context)
    const {items, next} = agentPage(all, input, `prompts:${promptIdentifier ?? ''}`)
    return {promptSummaries: items, nextToken: next}
  },

  GetPrompt({promptIdentifier, promptVersion = DRAFT}, context) {
    const prompt = findPrompt(promptIdentifier, context)
    const summary = versionsOf(prompt, context).find(({version}) => version === promptVersion)
    if (!summary) throw notFound(`${prompt.id} version ${promptVersion}`)
    return {
      ...summary,
      ...(prompt.kmsKeyArn !== undefined && {customerEncryptionKeyArn: prompt.kmsKeyArn}),
      ...(prompt.defaultVariant !== undefined && {defaultVariant: prompt.defaultVariant}),
      variants: asApi<PromptVariant[]>(prompt.variants),
    }
  },
})

const promptsHere = (context: RequestContext): readonly Prompt[] => placeOf(context).resources.prompts ?? []

/** By id or ARN. */
function findPrompt(wanted: string, context: RequestContext): Prompt {
  const {arn} = placeOf(context)
  const found = promptsHere(context).find(({id}) => id === wanted || arn('bedrock', `prompt/${id}`) === wanted)
  if (!found) throw notFound(wanted)
  return found
}

function versionsOf(prompt: Prompt, context: RequestContext) {
  const all = [{version: DRAFT, createdOn: prompt.createdOn}, ...(prompt.versions ?? [])]
  return all.map(({version, createdOn}) => summarise(prompt, version, createdOn, context))
}

function summarise(prompt: Prompt, version: string, createdOn: string, context: RequestContext) {
  const {date, arn} = placeOf(context)
  return {
    name: prompt.name,
    ...(prompt.description !== undefined && {description: prompt.description}),
    id: prompt.id,
    arn: arn('bedrock', `prompt/${prompt.id}${version === DRAFT ? '' : `:${version}`}`),
    version,
    createdAt: date(createdOn),
    updatedAt: date(createdOn),
  }
}

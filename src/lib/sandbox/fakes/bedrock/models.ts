import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {
  FoundationModelSummary,
  InferenceType,
  ListFoundationModelsCommandInput,
  ModelCustomization,
  ModelModality,
} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {lifecycleOf, type OfferedModel, offeredModel, offeredModels} from '../../world/offering.js'
import {resourceHere} from './place.js'
import {notFound} from './refusals.js'

// ListFoundationModels has no word for reinforcement fine-tuning.
const REPORTED_CUSTOMIZATIONS: ReadonlySet<string> = new Set(['FINE_TUNING', 'CONTINUED_PRE_TRAINING', 'DISTILLATION'])

export const models = handlersFor<typeof Bedrock>()({
  ListFoundationModels(input, context) {
    const {world, region} = context
    const summaries = offeredModels(world.catalog, region, context.now()).map((offered) => summarise(offered, context))
    return {modelSummaries: summaries.filter((summary) => matches(summary, input))}
  },

  GetFoundationModel({modelIdentifier}, context) {
    const resource = resourceHere(modelIdentifier, context)
    const id = resource === undefined ? modelIdentifier : resource.replace(/^foundation-model\//, '')
    const offered = offeredModel(context.world.catalog, context.region, context.now(), id)
    if (!offered) throw notFound('Could not resolve the foundation model from the provided model identifier.')
    return {modelDetails: summarise(offered, context)}
  },
})

function matches(summary: FoundationModelSummary, filter: ListFoundationModelsCommandInput): boolean {
  const {byProvider, byCustomizationType, byOutputModality, byInferenceType} = filter
  if (byProvider !== undefined && summary.providerName?.toLowerCase() !== byProvider.toLowerCase()) return false
  if (byCustomizationType && !summary.customizationsSupported?.includes(byCustomizationType)) return false
  if (byOutputModality && !summary.outputModalities?.includes(byOutputModality)) return false
  return !byInferenceType || summary.inferenceTypesSupported?.includes(byInferenceType) === true
}

// The service sends words its own model does not list (VIDEO, SPEECH, INFERENCE_PROFILE), hence the casts.
function summarise(
  {id, arn, model, inferenceTypes}: OfferedModel,
  {region, now}: RequestContext,
): FoundationModelSummary {
  const customizable = model.customizationRegions.includes(region)
  const customizations = customizable ? model.customizations.filter((kind) => REPORTED_CUSTOMIZATIONS.has(kind)) : []
  return {
    modelArn: arn,
    modelId: id,
    modelName: model.name ?? id,
    providerName: model.provider,
    inputModalities: modalities(model.inputModalities),
    outputModalities: modalities(model.outputModalities),
    responseStreamingSupported: model.streaming ?? undefined,
    customizationsSupported: customizations as ModelCustomization[],
    inferenceTypesSupported: [...inferenceTypes] as InferenceType[],
    modelLifecycle: lifecycleOf(model, now()),
  }
}

function modalities(words: readonly string[] | null): ModelModality[] | undefined {
  return words === null ? undefined : ([...words] as ModelModality[])
}

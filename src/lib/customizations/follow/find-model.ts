import {type BedrockctlError, usageError} from '../../core/errors.js'
import {type FindPlaces, findOwn} from '../../jobs/find-own.js'
import type {CustomizationSource, CustomModel} from '../ports.js'

/** The custom model that a name, an id or an ARN stands for; undefined where there is none. */
export function findModel(
  text: string,
  places: FindPlaces,
  source: Pick<CustomizationSource, 'model' | 'models'>,
  signal?: AbortSignal,
): Promise<CustomModel | undefined> {
  return findOwn(text, places, {
    resource: 'custom-model/',
    words: 'custom model',
    get: (region, identifier) => source.model(region, identifier, signal),
    list: (region) => source.models(region, signal),
  })
}

/** Said where nothing of that name is found. */
export function noModel(text: string, regions: readonly string[]): BedrockctlError {
  return usageError('MODEL_UNKNOWN', `There is no custom model ${text} in ${regions.join(', ')}.`, {
    why: 'A job makes its model when it has completed.',
    hint: 'Name the model, not the job, and look in other Regions with --region.',
    actions: ['bedrockctl customizations list --region all'],
  })
}

import {usageError} from '../../core/errors.js'
import {type FindPlaces, findOwn} from '../../jobs/find-own.js'
import type {CustomizationJob, CustomizationSource} from '../ports.js'

/** The job that a name, an id or an ARN stands for, read as a whole. */
export async function findJob(
  text: string,
  places: FindPlaces,
  source: Pick<CustomizationSource, 'job' | 'jobs'>,
  signal?: AbortSignal,
): Promise<CustomizationJob> {
  const job = await findOwn(text, places, {
    resource: 'model-customization-job/',
    words: 'customization job',
    get: (region, identifier) => source.job(region, identifier, signal),
    list: (region) => source.jobs(region, {}, signal),
  })
  if (job) return job
  throw usageError('JOB_UNKNOWN', `There is no customization job ${text} in ${places.regions.join(', ')}.`, {
    hint: 'Look for it in every Region.',
    actions: ['bedrockctl customizations list --region all'],
  })
}

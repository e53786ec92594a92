import type {Catalog} from '../../catalog/catalog.js'
import type {BatchJob} from '../ports.js'
import {isEndState} from '../progress/job-states.js'

/** Jobs of a base model that count against its quota: submitted or in progress. A state nobody knows counts too. */
export function openJobsOf(
  modelId: string,
  jobs: readonly BatchJob[],
  catalog: Pick<Catalog, 'model' | 'profile'>,
): readonly BatchJob[] {
  return jobsOf(modelId, jobs, catalog).filter(({state}) => !isEndState(state))
}

/** Jobs whose model is this one, by its id, a profile of it, or the ARN of either. */
export function jobsOf(
  modelId: string,
  jobs: readonly BatchJob[],
  catalog: Pick<Catalog, 'model' | 'profile'>,
): readonly BatchJob[] {
  return jobs.filter((job) => {
    const id = job.modelId.slice(job.modelId.lastIndexOf('/') + 1)
    const model = catalog.model(id) ?? catalog.profile(id)?.model
    return (model?.aliasOf ?? model?.id ?? id) === modelId
  })
}

import type {RequestContext} from '../../../handler.js'
import {jobAt} from '../customizations/job-state.js'
import {here} from '../place.js'
import {conflict} from '../refusals.js'

/** A name is taken by a model, and by a job that may still make one. */
export function checkModelName(name: string, context: RequestContext): void {
  const {customModels, tuning} = here(context)
  const coming = [...tuning.jobs.values()].filter(
    (job) => !job.delivered && jobAt(job, context.now()).status !== 'Failed',
  )
  const names = [...[...customModels.values()].map((model) => model.name), ...coming.map(modelNameOf)]
  if (names.includes(name)) throw conflict('The provided custom model name is currently in use.')
}

const modelNameOf = ({request}: {readonly request: {readonly customModelName?: string | undefined}}) =>
  request.customModelName

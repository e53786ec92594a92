import {fail, ok, unknown} from '../../jobs/preflight/check.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import type {CustomizationJob, CustomModel} from '../ports.js'

/** What was read of the account; a sentence says why something was not. */
export interface NameFacts {
  /** Of the name that the new one is to bear; undefined: it is free. */
  readonly model: CustomModel | undefined | string
  readonly openJobs: readonly CustomizationJob[] | string
  readonly models: number | string
  /** Applied quotas by their codes. */
  readonly quotas: ReadonlyMap<string, number> | string
}

const QUOTAS = {jobs: 'L-0406044C', models: 'L-CB5B847D'} as const
/** Defaults of October 2026. */
const DEFAULTS = {jobs: 10, models: 100} as const

/** Whether the name of the model is free, and there is room for a job and for a model. */
export function judgeNames(modelName: string, {model, models, openJobs, quotas}: NameFacts): readonly PreflightCheck[] {
  const value = (of: keyof typeof QUOTAS) =>
    (typeof quotas === 'string' ? undefined : quotas.get(QUOTAS[of])) ?? DEFAULTS[of]
  const jobs = typeof openJobs === 'string' ? openJobs : openJobs.length
  return [
    judgeName(modelName, model),
    judgeRoom('open-jobs', 'jobs are open', jobs, value('jobs')),
    judgeRoom('model-quota', 'custom models are kept', models, value('models')),
  ]
}

function judgeName(name: string, model: NameFacts['model']): PreflightCheck {
  if (typeof model === 'string')
    return unknown('model-name', `Whether a model is called ${name} could not be read: ${model}`)
  return model === undefined
    ? ok('model-name', `No custom model is called ${name}.`)
    : fail('model-name', `There is a custom model ${name} already, of ${model.createdAt}.`, 'give another --model-name')
}

function judgeRoom(id: string, what: string, used: number | string, quota: number): PreflightCheck {
  if (typeof used === 'string') return unknown(id, `How many ${what} could not be read: ${used}`)
  const said = `${used} of ${quota} ${what}.`
  return used >= quota ? fail(id, said, 'bedrockctl account quotas') : ok(id, said)
}

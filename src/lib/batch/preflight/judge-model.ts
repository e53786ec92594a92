import {fail, ok, unknown} from '../../jobs/preflight/check.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import type {PreflightFacts, PreflightQuestion} from './preflight-question.js'

/** Whether the model does batch here at all. */
export function judgeSupport({support}: PreflightFacts): PreflightCheck {
  const id = 'model-batch'
  const [first] = support.instead
  switch (support.verdict) {
    case 'yes':
      return ok(id, support.why)
    case 'unknown':
      return unknown(id, support.why)
    case 'no':
      return fail(id, support.why, first === undefined ? null : `use --model ${first.id} --region ${first.region}`)
  }
}

/** Free places for jobs of the model. Without one nothing fails: jobs wait their turn. */
export function judgeOpenJobs({baseModelId}: PreflightQuestion, {limits, openJobs}: PreflightFacts): PreflightCheck {
  const id = 'open-jobs'
  const {source, value} = limits.openJobs
  if (typeof openJobs === 'string') return unknown(id, `Open jobs of ${baseModelId} could not be read: ${openJobs}`)
  const free = Math.max(0, value - openJobs)
  const said = `${openJobs} of ${value} jobs of ${baseModelId} are open (${source})`
  return ok(id, free === 0 ? `${said}: submit waits for a free place.` : `${said}.`)
}

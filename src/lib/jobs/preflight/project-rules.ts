import type {FoundProject} from '../../config/read-project.js'
import {fail, notApplicable, ok, unknown} from './check.js'
import type {PreflightCheck} from './preflight.schema.js'

/** Where prompts of a job may be answered; null where that is not known. */
export interface Processing {
  readonly destinations: readonly string[] | null
  readonly modelId: string
  /** Ids and ARNs by which the project file may know what the job names. */
  readonly names: readonly string[]
}

/** What bedrockctl.yaml says of the Regions in which prompts may be processed. */
export function judgeApprovedRegions(
  {destinations, modelId}: Processing,
  {file, project}: FoundProject,
): PreflightCheck {
  const id = 'approved-regions'
  const approved = project.approvedRegions
  if (approved === undefined) return notApplicable(id, 'No project file names approved Regions.')
  if (destinations === null) return unknown(id, 'Where the profile may process is not known.')
  const others = destinations.filter((region) => !approved.includes(region))
  if (others.length === 0) return ok(id, `${file} approves every Region that may process.`)
  return fail(
    id,
    `${others.join(', ')} may process, which ${file} does not approve.`,
    `bedrockctl models availability ${modelId} --require within:${approved.join(',')}`,
  )
}

/** Workloads of bedrockctl.yaml that call the model: their data classes must allow Bedrock. */
export function judgePlacement({names}: Processing, {file, project}: FoundProject): PreflightCheck {
  const id = 'placement'
  const classes = Object.keys(project.placement)
  const workloads = project.workloads.filter(
    (one) => one.dataClass !== undefined && one.models.some((model) => names.includes(model)),
  )
  if (classes.length === 0 || workloads.length === 0) {
    return notApplicable(id, 'No project file says where data of this model’s workloads may be answered.')
  }
  const refused = workloads.filter(({dataClass = ''}) => project.placement[dataClass]?.includes('bedrock') === false)
  if (refused.length > 0) {
    const told = refused.map(({dataClass, name}) => `${name} (${dataClass})`).join(', ')
    return fail(id, `${file} keeps the data of ${told} off Bedrock.`)
  }
  const open = workloads.filter(({dataClass = ''}) => project.placement[dataClass] === undefined)
  if (open.length > 0) return unknown(id, `${file} does not place the data class ${open[0]?.dataClass ?? ''}.`)
  return ok(id, `${file} lets the data of ${workloads.map(({name}) => name).join(', ')} be answered by Bedrock.`)
}

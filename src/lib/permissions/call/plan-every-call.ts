import {read} from '../../account/read.js'
import {findCallTarget} from '../../iam/account/call-targets.js'
import {type CallFacts, type CallInput, type CallPlan, type PlannedCall, planCalls} from './plan-call.js'

export interface EveryCall extends CallPlan {
  /** Ways besides: application profiles of the model, and Mantle where it is offered there. Empty where one way was asked for. */
  readonly besides: readonly PlannedCall[]
}

/** All ways by which a model is invoked from a Region: who is kept from one may still have another. */
export function planEveryCall(input: CallInput, known: CallFacts): EveryCall {
  const plan = planCalls(input, known)
  const modelId = plan.calls[0]?.asked.target.modelId
  const named = findCallTarget(known.snapshot, input.region, input.model)
  const isFixed =
    input.route !== undefined ||
    (named !== undefined && named.kind !== 'model') ||
    known.catalog.profile(input.model) !== undefined
  if (modelId === undefined || modelId === null || isFixed) return {...plan, besides: []}
  const found = [...applicationCalls(modelId, input, known), ...mantleCalls(modelId, input, known)]
  return {...plan, besides: found.map((one) => ({...one, asked: {...one.asked, model: input.model}}))}
}

function applicationCalls(modelId: string, input: CallInput, known: CallFacts): readonly PlannedCall[] {
  const {snapshot} = known
  const {region} = input
  const profiles = read(snapshot, 'bedrock:inference-profiles', region)
  const own = profiles.state === 'read' ? profiles.value.filter(({type}) => type === 'APPLICATION') : []
  return own.flatMap(({arn}) => {
    const target = findCallTarget(snapshot, region, arn)
    const leadsThere = target?.kind === 'application-profile' && target.copies?.modelId === modelId
    return leadsThere ? planCalls({...input, model: arn}, known).calls : []
  })
}

/** Another endpoint with permissions of its own: what stops a call on bedrock-runtime does not stop it there. */
function mantleCalls(modelId: string, input: CallInput, known: CallFacts): readonly PlannedCall[] {
  const isOffered = known.catalog.model(modelId)?.mantle.includes(input.region) === true
  if (!isOffered || input.vpce !== undefined || input.guardrail !== undefined) return []
  return planCalls({...input, workload: 'mantle', model: modelId, streaming: false}, known).calls
}

import type {ModelStatus} from '@aws-sdk/client-bedrock'
import type {ServingChange} from '../../../world/custom-model-state.js'

interface Readied {
  readonly readyAt: number
  readonly failure: string | undefined
}

/** A custom model, or a deployment, is what the clock has made of it. */
export function statusOf({readyAt, failure}: Readied, now: number): ModelStatus {
  if (now < readyAt) return 'Creating'
  return failure === undefined ? 'Active' : 'Failed'
}

interface Serving {
  readonly modelArn: string
  readonly change: ServingChange | undefined
}

/** The model that answers: the old one until a change has come about. */
export function servedModel({modelArn, change}: Serving, now: number): string {
  return change && change.failure === undefined && now >= change.doneAt ? change.modelArn : modelArn
}

/** The model that answers, and the one that is to. */
export function servedModels(serving: Serving, now: number): readonly string[] {
  const {change} = serving
  const coming = change && now < change.doneAt ? [change.modelArn] : []
  return [servedModel(serving, now), ...coming]
}

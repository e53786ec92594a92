import type {Tag} from '@aws-sdk/client-bedrock'
import type {RequestContext} from '../../handler.js'
import {placeOf} from '../account-place.js'

/** Tags of a resource that the scenario declares and the services do not change; `undefined` when there is none. */
export function declaredTags(arn: string, context: RequestContext): readonly Tag[] | undefined {
  const {resources} = placeOf(context)
  const id = arn.slice(arn.lastIndexOf('/') + 1)
  const kinds: Readonly<Record<string, readonly Declared[] | undefined>> = {
    guardrail: resources.guardrails,
    'model-import-job': resources.importJobs,
    'model-customization-job': resources.customizationJobs,
    'model-invocation-job': resources.batchJobs,
    'evaluation-job': resources.evaluationJobs,
    'prompt-router': resources.promptRouters,
    'automated-reasoning-policy': resources.reasoningPolicies,
  }
  const kind = arn.slice(arn.lastIndexOf(':') + 1).split('/')[0] ?? ''
  const found = kinds[kind]?.find((one) => one.id === id)
  return found && Object.entries(found.tags ?? {}).map(([key, value]) => ({key, value}))
}

interface Declared {
  readonly id: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

import {parseArn} from '../../core/arn.js'
import type {KnownValues} from './known-values.js'

/** Ids of the foundation models that profiles, agents, provisioned throughput, calls and declarations lead to in a Region. */
export function modelsInUse(known: KnownValues, region: string, declared: readonly string[]): readonly string[] {
  const profiles = known.value('bedrock:inference-profiles', region) ?? []
  const offered = known.value('bedrock:foundation-models', region) ?? []
  const names = [
    ...declared,
    ...profiles.filter(({type}) => type === 'APPLICATION').flatMap(({modelArns}) => modelArns),
    ...(known.value('bedrock:provisioned-throughputs', region) ?? []).map((one) => one.foundationModelArn),
    ...(known.value('bedrock-agent:agents', region) ?? []).flatMap(({draft}) =>
      draft.status === 'read' ? [draft.value.model ?? ''] : [],
    ),
    ...(known.value('cloudwatch:bedrock-usage', region)?.models ?? []).map(({modelId}) => modelId),
  ]
  const behind = (name: string): readonly string[] => {
    const profile = profiles.find(({id, arn}) => id === name || arn === name)
    const arns = profile ? profile.modelArns : [name]
    return arns.map((one) => parseArn(one)?.resource.replace(/^foundation-model\//, '') ?? one)
  }
  const ids = new Set(names.flatMap(behind))
  return offered.map(({id}) => id).filter((id) => ids.has(id))
}

import {parseArn} from '../../core/arn.js'
import type {KeyUse, Subjects} from '../ports/readers.js'
import type {ReadId} from '../snapshot.schema.js'
import type {KnownValues} from './known-values.js'

type Found = readonly [key: string | null | undefined, read: ReadId, resource: string]

/** Keys of one Region that resources of Bedrock, its logs and its data name: ARNs, ids or aliases as they stand there. */
export function keysInUse(known: KnownValues, region: string): Subjects['kms:keys'] {
  const uses = new Map<string, KeyUse[]>()
  for (const [key, read, resource] of [
    ...ofModels(known, region),
    ...ofAgents(known, region),
    ...ofData(known, region),
  ]) {
    if (!key || !belongsTo(key, region)) continue
    uses.set(key, [...(uses.get(key) ?? []), {read, resource}])
  }
  return [...uses].map(([id, its]) => ({id, uses: its})).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** A key that is no ARN is looked up where it is named. */
function belongsTo(key: string, region: string): boolean {
  const arn = parseArn(key)
  return arn === undefined || arn.region === region
}

function ofModels(known: KnownValues, region: string): readonly Found[] {
  const guardrails = (known.value('bedrock:guardrails', region) ?? []).flatMap(({arn, draft, versions}) => {
    const numbered = versions.status === 'read' ? versions.value.map(({detail}) => detail) : []
    const keys = [draft, ...numbered].flatMap((one) => (one.status === 'read' ? [one.value.kmsKeyArn] : []))
    return [...new Set(keys)].map((key): Found => [key, 'bedrock:guardrails', arn])
  })
  const models = (['bedrock:custom-models', 'bedrock:imported-models'] as const).flatMap((read) =>
    (known.value(read, region) ?? []).map(({arn, detail}): Found => {
      return [detail.status === 'read' ? detail.value.kmsKeyArn : null, read, arn]
    }),
  )
  return [...guardrails, ...models]
}

function ofAgents(known: KnownValues, region: string): readonly Found[] {
  const agents = (known.value('bedrock-agent:agents', region) ?? []).map(({id, draft}): Found => {
    return [draft.status === 'read' ? draft.value.kmsKeyArn : null, 'bedrock-agent:agents', id]
  })
  const flows = (known.value('bedrock-agent:flows', region) ?? []).map(({arn, draft}): Found => {
    return [draft.status === 'read' ? draft.value.kmsKeyArn : null, 'bedrock-agent:flows', arn]
  })
  const detailed = (['bedrock-agent:prompts', 'bedrock-agentcore:policy-engines'] as const).flatMap((read) =>
    (known.value(read, region) ?? []).map(({arn, detail}): Found => {
      return [detail.status === 'read' ? detail.value.kmsKeyArn : null, read, arn]
    }),
  )
  const agentcore = (['bedrock-agentcore:gateways', 'bedrock-agentcore:memories'] as const).flatMap((read) =>
    (known.value(read, region) ?? []).map(({id, detail}): Found => {
      return [detail.status === 'read' ? detail.value.kmsKeyArn : null, read, id]
    }),
  )
  const vault = known.value('bedrock-agentcore:token-vault', region)
  return [
    ...agents,
    ...flows,
    ...detailed,
    ...agentcore,
    ...knowledgeBases(known, region),
    [vault?.kmsKeyArn, 'bedrock-agentcore:token-vault', vault?.id ?? ''],
  ]
}

function knowledgeBases(known: KnownValues, region: string): readonly Found[] {
  const read = 'bedrock-agent:knowledge-bases'
  return (known.value(read, region) ?? []).flatMap(({id, detail, dataSources}) => {
    const own: Found = [detail.status === 'read' ? detail.value.kmsKeyArn : null, read, id]
    const sources = dataSources.status === 'read' ? dataSources.value : []
    return [
      own,
      ...sources.map((source): Found => {
        return [source.detail.status === 'read' ? source.detail.value.kmsKeyArn : null, read, `${id}/${source.id}`]
      }),
    ]
  })
}

function ofData(known: KnownValues, region: string): readonly Found[] {
  const groups = (known.value('logs:log-groups', region) ?? []).map(
    ({kmsKeyArn, arn}): Found => [kmsKeyArn, 'logs:log-groups', arn],
  )
  const trails = (known.value('cloudtrail:trails', region) ?? [])
    .filter(({homeRegion}) => homeRegion === region)
    .map(({kmsKey, arn}): Found => [kmsKey, 'cloudtrail:trails', arn])
  const buckets = (known.value('s3:buckets') ?? [])
    .filter((bucket) => bucket.region.status === 'read' && bucket.region.value === region)
    .map(({name, encryption}): Found => {
      return [encryption.status === 'read' ? encryption.value?.kmsKey : null, 's3:buckets', name]
    })
  return [...groups, ...trails, ...buckets]
}

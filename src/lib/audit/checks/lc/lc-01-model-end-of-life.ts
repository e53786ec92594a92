import {read, readPart} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {ModelUse} from '../../facts/account-use.js'
import {foundationBehind} from '../../facts/foundation-behind.js'
import {modelLifecycle} from '../../facts/model-lifecycle.js'
import {agentRoutes} from '../../facts/routed-versions.js'
import type {Evidence, Missing} from '../../finding.schema.js'
import {configEvidence, isNowhere, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

export const modelEndOfLifeCheck: Check = {
  id: 'LC-01',
  family: 'LC',
  severity: 'high',
  title: 'No model in use is legacy or near its end of life',
  why: 'Calls of a model fail in every Region on the day of its end of life; before that a legacy model gets no higher quotas, may cost more, and is lost after 15 days without a call.',
  resource: 'model in use',
  failsWhen:
    'a foundation model behind what is called, provisioned or routed to is LEGACY, past its end of life, or reaches it within thresholds.endOfLifeDays',
  unknownWhen: 'the use of the Region or its models were not read, or nothing says which model an id stands for',
  reads: [
    'bedrock:foundation-models',
    'bedrock:inference-profiles',
    'bedrock:provisioned-throughputs',
    'bedrock:custom-models',
    'bedrock:custom-model-deployments',
    'bedrock:imported-models',
    'bedrock:prompt-routers',
    'bedrock-agent:agents',
    'bedrock-agent:knowledge-bases',
    'cloudwatch:bedrock-usage',
    'cloudtrail:bedrock-events',
  ],
  references: [
    {title: 'Model lifecycle', url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html'},
  ],
  *judge(context) {
    for (const {name} of context.snapshot.regions) yield* judgeRegion(context, name)
  },
}

type Used = Pick<ModelUse, 'id' | 'evidence' | 'metrics'>

function* judgeRegion(context: AuditContext, region: string): Iterable<Judged> {
  const use = context.use.in(region)
  const usage = read(context.snapshot, 'cloudwatch:bedrock-usage', region)
  const unread = usage.state === 'unread' && !isNowhere(usage) ? [missingOf(usage)] : []
  const missing = use.missing.length > 0 ? use.missing : unread
  if (missing.length > 0) yield unknown(regionPlace(region, 'use'), missing)
  const used = new Map<string, Used>(use.models.map((model) => [model.id, model]))
  for (const one of configured(context, region)) if (!used.has(one.id)) used.set(one.id, one)
  for (const one of used.values()) yield judgeModel(context, one, region)
}

/** What is paid for or routed to counts as used, called or not; and what Mantle counts. */
function configured(context: AuditContext, region: string): readonly Used[] {
  const {snapshot} = context
  const provisioned = read(snapshot, 'bedrock:provisioned-throughputs', region)
  const agents = read(snapshot, 'bedrock-agent:agents', region)
  const evidenceOf = (text: string, id: 'bedrock:provisioned-throughputs' | 'bedrock-agent:agents') => [
    configEvidence(text, id, region),
  ]
  const capacity = provisioned.state === 'read' ? provisioned.value : []
  const routed = (agents.state === 'read' ? agents.value : []).flatMap((agent) =>
    agentRoutes(agent).routes.flatMap(({alias, detail}): readonly Used[] => {
      const model = detail.state === 'read' ? detail.value.model : null
      const text = `alias ${alias.name || alias.id} of agent ${agent.name || agent.id} leads to it`
      return model === null ? [] : [{id: model, evidence: evidenceOf(text, 'bedrock-agent:agents'), metrics: undefined}]
    }),
  )
  return [
    ...capacity.map(({arn, name}): Used => {
      const evidence = evidenceOf(`provisioned throughput ${name}`, 'bedrock:provisioned-throughputs')
      return {id: arn, evidence, metrics: undefined}
    }),
    ...routed,
    ...embeddings(snapshot, region),
    ...endingOnMantle(context, region),
  ]
}

/** What Mantle alone offers stands in no list of models: told of only where a list or the catalog shows its end. */
function endingOnMantle(context: AuditContext, region: string): readonly Used[] {
  const usage = read(context.snapshot, 'cloudwatch:bedrock-usage', region)
  const called = usage.state === 'read' ? usage.value.mantle : []
  return called.flatMap(({model, inferences}): readonly Used[] => {
    if (model === null || (inferences ?? 0) === 0) return []
    if (modelLifecycle(context, model, [region]).defects.length === 0) return []
    const text = `${inferences} inferences of ${model} on Mantle`
    return [
      {id: model, evidence: [{kind: 'observed', text, read: 'cloudwatch:bedrock-usage', region}], metrics: undefined},
    ]
  })
}

function embeddings(snapshot: AuditContext['snapshot'], region: string): readonly Used[] {
  const bases = read(snapshot, 'bedrock-agent:knowledge-bases', region)
  if (bases.state === 'unread') return []
  return bases.value.flatMap(({name, id, detail}): readonly Used[] => {
    const reading = readPart(detail)
    const model = reading.state === 'read' ? reading.value.embeddingModelArn : null
    if (model === null) return []
    const text = `knowledge base ${name || id} embeds with it`
    const evidence = [configEvidence(text, 'bedrock-agent:knowledge-bases', region)]
    return [{id: model.replace(/^.*foundation-model\//, ''), evidence, metrics: undefined}]
  })
}

function judgeModel(context: AuditContext, {id, evidence, metrics}: Used, region: string): Judged {
  const {models, gaps} = foundationBehind(context, region, id)
  const lives = models.map((model) => modelLifecycle(context, model.id, [...new Set([region, ...model.regions])]))
  const defects = [...new Set(lives.flatMap((life) => life.defects))]
  const legacyCalls = metrics?.legacyInvocations ?? 0
  const open: readonly Missing[] = [...gaps, ...lives.flatMap((life) => life.gaps)]
  // Where no list says how the model stands, the metric of calls to legacy models does.
  if (defects.length === 0 && open.length > 0 && legacyCalls > 0) {
    defects.push(`CloudWatch counts ${legacyCalls} calls of ${id} as calls of a legacy model`)
  }
  const names = models.map((model) => model.id).join(', ')
  return judgeResource(
    {region, resource: {type: 'model', id}},
    {
      defects,
      gaps: open,
      fine: names === '' ? `No foundation model stands behind ${id}` : `model ${names} is ACTIVE, and no end is near`,
      evidence: [...evidence.slice(0, 3), ...uniqueTexts(lives.flatMap((life) => life.evidence))],
      fix: {
        summary: 'Move the callers to a model that is ACTIVE, and test them with it before the end of life.',
        cli: [
          `aws bedrock list-foundation-models --region ${region} --query "modelSummaries[?modelLifecycle.status=='ACTIVE'].modelId"`,
          `bedrockctl models lifecycle ${models[0]?.id ?? id}`,
        ],
      },
    },
  )
}

function uniqueTexts(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((one) => [`${one.region} ${one.text}`, one])).values()]
}

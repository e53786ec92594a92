import {read, readPart} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {regionsOfWorkload} from '../../facts/account-use.js'
import {foundationBehind} from '../../facts/foundation-behind.js'
import type {Evidence, Missing} from '../../finding.schema.js'
import {configEvidence, judgeResource, missingOf, regionPlace} from '../../judge-resource.js'

const ACCESS = 'bedrock:model-access'
const MODELS = 'bedrock:foundation-models'

export const declaredModelAccessCheck: Check = {
  id: 'LC-03',
  family: 'LC',
  severity: 'medium',
  title: 'Every declared model may be used wherever its calls are processed',
  why: 'The first call of the workload fails, or works only for whoever may subscribe in AWS Marketplace: access that is missing shows before it is needed.',
  resource: 'declared model',
  failsWhen:
    'the agreement, authorization, entitlement or availability of a model that a workload declares is missing in the Region called, or in a destination of its profile',
  unknownWhen: 'the access to the model was not read, or nothing says which model an id stands for',
  needs: 'workloads[].models',
  reads: [
    ACCESS,
    MODELS,
    'bedrock:inference-profiles',
    'bedrock:provisioned-throughputs',
    'bedrock:custom-models',
    'bedrock:custom-model-deployments',
    'bedrock:imported-models',
    'bedrock:prompt-routers',
  ],
  references: [
    {
      title: 'Access Amazon Bedrock foundation models',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html',
    },
    {
      title: 'GetFoundationModelAvailability',
      url: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModelAvailability.html',
    },
  ],
  *judge(context) {
    const {project, snapshot} = context
    const declared = new Map<string, {region: string; model: string; workloads: string[]}>()
    for (const workload of project.workloads) {
      const regions = regionsOfWorkload(workload, project)
      for (const region of regions.length > 0 ? regions : snapshot.regions.map(({name}) => name)) {
        for (const model of workload.models) {
          const known = declared.get(`${region} ${model}`) ?? {region, model, workloads: []}
          known.workloads.push(workload.name)
          declared.set(`${region} ${model}`, known)
        }
      }
    }
    if (declared.size === 0) {
      const message = 'bedrockctl.yaml declares no models: workloads[].models.'
      yield {...regionPlace('global'), verdict: 'NOT_APPLICABLE', message}
    }
    for (const {region, model, workloads} of declared.values()) yield judgeModel(context, region, model, workloads)
  },
}

interface Access {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
  readonly evidence: readonly Evidence[]
}

function judgeModel(context: AuditContext, region: string, called: string, workloads: readonly string[]): Judged {
  const {models, gaps} = foundationBehind(context, region, called)
  const found = models.flatMap(({id, regions}) => [
    sourceAccess(context, id, region),
    ...regions.filter((one) => one !== region).map((one) => destinationAccess(context, id, one)),
  ])
  const names = models.map(({id}) => id).join(', ')
  return judgeResource(
    {region, resource: {type: 'model', id: called}},
    {
      defects: found.flatMap(({defects}) => defects),
      gaps: [...gaps, ...found.flatMap((one) => one.gaps)],
      fine: names === '' ? `model ${called} needs no agreement` : `model ${names} is agreed, entitled and available`,
      evidence: [
        {kind: 'declared', text: `workload ${workloads.join(', ')} declares ${called}`, region},
        ...found.flatMap(({evidence}) => evidence),
      ],
      fix: {
        summary:
          'Accept the agreement of the model as somebody who may subscribe in AWS Marketplace, and where AWS grants access per account, ask AWS for it.',
        cli: [
          `aws bedrock get-foundation-model-availability --region ${region} --model-id ${models[0]?.id ?? called}`,
          `aws bedrock list-foundation-model-agreement-offers --region ${region} --model-id ${models[0]?.id ?? called}`,
          `aws bedrock create-foundation-model-agreement --region ${region} --model-id ${models[0]?.id ?? called} --offer-token <TOKEN>`,
        ],
      },
    },
  )
}

function sourceAccess(context: AuditContext, id: string, region: string): Access {
  const reading = read(context.snapshot, ACCESS, region)
  if (reading.state === 'unread' && reading.status === 'not-enabled') {
    return {defects: [`${region} is not enabled in the account`], gaps: [], evidence: []}
  }
  const access = accessIn(context, id, region)
  if (access !== undefined) return access
  const models = read(context.snapshot, MODELS, region)
  if (models.state === 'read' && models.value.length > 0 && !models.value.some((one) => one.id === id)) {
    return {defects: [`model ${id} is not offered in ${region}`], gaps: [], evidence: []}
  }
  return notCollected(id, region)
}

function notCollected(id: string, region: string): Access {
  const reason = `the access to ${id} in ${region} is not in the snapshot`
  const gap = {action: 'bedrock:GetFoundationModelAvailability', code: 'NOT_COLLECTED', reason}
  return {defects: [], gaps: [gap], evidence: []}
}

/**
 * One agreement holds for the account in all Regions, and a destination need not be enabled: a Region that the snapshot
 * does not cover is no gap.
 */
function destinationAccess(context: AuditContext, id: string, region: string): Access {
  if (!context.snapshot.regions.some(({name}) => name === region)) return {defects: [], gaps: [], evidence: []}
  return accessIn(context, id, region) ?? notCollected(id, region)
}

/** Undefined where the Region was read without an answer about the model. */
function accessIn({snapshot}: AuditContext, id: string, region: string): Access | undefined {
  const reading = read(snapshot, ACCESS, region)
  if (reading.state === 'unread') {
    const isOff = reading.status === 'not-enabled'
    return {defects: [], gaps: isOff ? [] : [missingOf(reading)], evidence: []}
  }
  const found = reading.value.find(({modelId}) => modelId === id || modelId.endsWith(`/${id}`))
  if (found === undefined) return undefined
  const answer = readPart(found.answer)
  if (answer.state === 'unread') return {defects: [], gaps: [missingOf(answer)], evidence: []}
  const {agreement, authorization, entitlement, region: availability} = answer.value
  const parts = [
    ['agreement', agreement, 'AVAILABLE'],
    ['authorization', authorization, 'AUTHORIZED'],
    ['entitlement', entitlement, 'AVAILABLE'],
    ['availability in the Region', availability, 'AVAILABLE'],
  ] as const
  const absent = parts.filter(([, value]) => value === '')
  const wrong = parts.filter(([, value, wanted]) => value !== '' && value.toUpperCase() !== wanted)
  return {
    defects:
      wrong.length > 0
        ? [`model ${id} in ${region}: ${wrong.map(([name, value]) => `${name} ${value}`).join(', ')}`]
        : [],
    gaps: absent.map(([name]) => ({
      action: 'bedrock:GetFoundationModelAvailability',
      code: 'ABSENT',
      reason: `the answer about ${id} in ${region} has no ${name}`,
    })),
    evidence: [
      configEvidence(
        `${id}: ${parts.map(([name, value]) => `${name} ${value || 'absent'}`).join(', ')}`,
        ACCESS,
        region,
      ),
    ],
  }
}

import {type CallPlace, modelArn, ownArn, type RouteTarget} from './route-target.js'
import type {Permission} from './routes-trace.schema.js'

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'] as const
const SOURCES = {
  'in-region': {source: 'Bedrock User Guide, inference-prereq', asOf: '2026'},
  geo: {source: 'Bedrock User Guide, geographic-cross-region-inference', asOf: '2026-10'},
  global: {source: 'Bedrock User Guide, global-cross-region-inference', asOf: '2026-10'},
  mantle: {source: 'Service Authorization Reference, bedrock-mantle', asOf: '2026-09-26'},
} as const

/**
 * Every leg of a call that IAM evaluates, by the route it takes: the target, and behind a profile the foundation model in
 * the source Region and in every destination. One missing leg fails the call, whichever Region would have processed it.
 */
export function permissionLegs(target: RouteTarget, place: CallPlace): readonly Permission[] {
  switch (target.kind) {
    case 'mantle':
      return mantleLegs(place)
    case 'in-region':
      return inRegionLegs(target, place)
    case 'geo':
      return [profileLeg(target, []), geoModelLeg(target, place)]
    case 'global':
      return globalLegs(target, place)
  }
}

function inRegionLegs(target: RouteTarget, place: CallPlace): readonly Permission[] {
  const own = leg({
    actions: target.resource === 'imported-model' ? [...INVOKE, 'bedrock:GetImportedModel'] : INVOKE,
    resources: [target.arn],
    why: target.resource === 'foundation-model' ? 'the model in the Region called' : `the ${target.resource} itself`,
    ...SOURCES['in-region'],
  })
  if (target.resource !== 'application-inference-profile' || target.modelId === null) return [own]
  return [
    own,
    leg({
      resources: [modelArn(place.partition, place.region, target.modelId)],
      conditions: [pinnedTo(target, false)],
      why: 'the model behind the profile, in the Region called',
      ...SOURCES['in-region'],
    }),
  ]
}

function profileLeg(target: RouteTarget, conditions: Permission['conditions']): Permission {
  return leg({
    resources: [target.arn],
    conditions,
    why: 'the profile, in the Region called',
    ...SOURCES[sourceOf(target)],
  })
}

function geoModelLeg(target: RouteTarget, {partition, region}: CallPlace): Permission {
  const {destinations, modelId} = target
  const regions = [...new Set([region, ...(destinations ?? [])])]
  return leg({
    resources: modelId === null ? [] : regions.map((name) => modelArn(partition, name, modelId)),
    conditions: [pinnedTo(target, false)],
    complete: destinations !== null && modelId !== null,
    why:
      destinations === null
        ? `the model in the Region called; its ARN in every destination is needed too, and those are not known: bedrock:GetInferenceProfile in ${region} names them`
        : 'the model in the Region called and in every destination',
    ...SOURCES.geo,
  })
}

function globalLegs(target: RouteTarget, {partition, region}: CallPlace): readonly Permission[] {
  const requestedRegion = (value: string) => equals('aws:RequestedRegion', value, true)
  const {modelId} = target
  if (modelId === null) return [profileLeg(target, [requestedRegion(region)])]
  return [
    profileLeg(target, [requestedRegion(region)]),
    leg({
      resources: [modelArn(partition, region, modelId)],
      conditions: [requestedRegion(region), pinnedTo(target, true)],
      why: 'the model in the Region called',
      ...SOURCES.global,
    }),
    leg({
      resources: [modelArn(partition, '', modelId)],
      conditions: [requestedRegion('unspecified'), pinnedTo(target, true)],
      why: 'the model wherever it is processed: the ARN names no Region',
      ...SOURCES.global,
    }),
  ]
}

function mantleLegs(place: CallPlace): readonly Permission[] {
  return [
    leg({
      actions: [
        'bedrock-mantle:CreateInference',
        'bedrock-mantle:GetModel',
        'bedrock-mantle:ListModels',
        'bedrock-mantle:GetProject',
        'bedrock-mantle:ListProjects',
      ],
      resources: [ownArn(place, 'project/*', 'bedrock-mantle')],
      why: 'the projects of bedrock-mantle; bedrock:InvokeModel neither allows nor denies inference there',
      ...SOURCES.mantle,
    }),
    leg({
      actions: ['bedrock-mantle:CallWithBearerToken'],
      resources: ['*'],
      why: 'everything, and only for callers with a Bedrock API key',
      ...SOURCES.mantle,
    }),
  ]
}

function sourceOf({kind}: RouteTarget): keyof typeof SOURCES {
  return kind
}

/** Pins the use of the model to the profile. */
function pinnedTo(target: RouteTarget, required: boolean): Permission['conditions'][number] {
  return equals('bedrock:InferenceProfileArn', target.arn, required)
}

function equals(key: string, value: string, required: boolean): Permission['conditions'][number] {
  return {operator: 'StringEquals', key, values: [value], required}
}

function leg(
  parts: Pick<Permission, 'resources' | 'why' | 'source' | 'asOf'> &
    Partial<Pick<Permission, 'actions' | 'conditions' | 'complete'>>,
): Permission {
  return {actions: INVOKE, conditions: [], complete: true, ...parts}
}

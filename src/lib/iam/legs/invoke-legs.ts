import type {ContextValues} from '../request-context.js'
import {type CallLeg, type CallPlace, createLeg, type Leg, modelArn, ownArn, SOURCES, tagValues} from './leg.js'
import type {CallTarget, GuardrailUse, SystemTarget} from './target.js'

export interface InvokeInput {
  readonly target: CallTarget
  /** A streamed answer is an action of its own. */
  readonly streaming: boolean
  /** Of the request; null: it names none. An enforced guardrail is no part of the request. */
  readonly guardrail: GuardrailUse | null
  /** Named by the request; absent when it names none. */
  readonly serviceTier?: string
}

/**
 * What IAM checks for one InvokeModel or Converse call, streamed or not. Behind a geographic profile the model is checked
 * in the Region called and in every destination, whichever Region then answers.
 */
export function invokeLegs(input: InvokeInput, place: CallPlace): readonly CallLeg[] {
  const {target} = input
  switch (target.kind) {
    case 'model':
      return [modelLeg(input, place, {modelId: target.modelId, region: place.region, profile: null})]
    case 'geographic-profile':
    case 'global-profile': {
      const profile = ownArn(place, `inference-profile/${target.profileId}`)
      return [profileLeg(input, place, profile), ...behindProfile(input, place, target, profile)]
    }
    case 'application-profile':
      return applicationProfileLegs(input, place, target)
    case 'own-model':
      return ownModelLegs(input, place, target)
  }
}

function profileLeg(input: InvokeInput, place: CallPlace, arn: string): Leg {
  return invokeLeg(input, place.region, {
    name: 'profile',
    resource: arn,
    profile: null,
    why: 'the profile in the Region called',
  })
}

function behindProfile(
  input: InvokeInput,
  place: CallPlace,
  target: SystemTarget,
  profile: string,
): readonly CallLeg[] {
  const {modelId} = target
  const source = modelLeg(input, place, {modelId, region: place.region, profile})
  switch (target.kind) {
    case 'model':
      return [source]
    case 'geographic-profile': {
      if (target.destinations === null) return [source, unknownDestinations(place)]
      const others = [...new Set(target.destinations)].filter((region) => region !== place.region)
      return [source, ...others.map((region) => modelLeg(input, place, {modelId, region, profile}))]
    }
    case 'global-profile':
      return [source, anywhereLeg(input, place, modelId, profile)]
  }
}

function unknownDestinations({region}: CallPlace): CallLeg {
  const unknown = `the destinations of the profile; bedrock:GetInferenceProfile in ${region} names them`
  return {kind: 'open', name: 'model in the destinations', actor: 'caller', unknown}
}

function modelLeg(
  input: InvokeInput,
  place: CallPlace,
  {modelId, region, profile}: {modelId: string; region: string; profile: string | null},
): Leg {
  const why = region === place.region ? 'the model in the Region called' : 'the model in a destination of the profile'
  return invokeLeg(input, region, {
    name: `model in ${region}`,
    resource: modelArn(place, region, modelId),
    profile,
    why,
  })
}

function anywhereLeg(input: InvokeInput, place: CallPlace, modelId: string, profile: string): Leg {
  const why = 'the model wherever it is processed: its ARN names no Region, and aws:RequestedRegion is unspecified'
  return invokeLeg(input, 'unspecified', {
    name: 'model in any Region',
    resource: modelArn(place, '', modelId),
    profile,
    why,
  })
}

function applicationProfileLegs(
  input: InvokeInput,
  place: CallPlace,
  {id, copies, tags}: Extract<CallTarget, {kind: 'application-profile'}>,
): readonly CallLeg[] {
  const arn = ownArn(place, `application-inference-profile/${id}`)
  const own = withTags(profileLeg(input, place, arn), tags)
  if (copies !== null) return [own, ...behindProfile(input, place, copies, arn)]
  const unknown = 'what the application profile was made from; bedrock:GetInferenceProfile names it'
  return [own, {kind: 'open', name: 'model behind the profile', actor: 'caller', unknown}]
}

function ownModelLegs(
  input: InvokeInput,
  place: CallPlace,
  {type, id, tags}: Extract<CallTarget, {kind: 'own-model'}>,
): readonly CallLeg[] {
  const resource = ownArn(place, `${type}/${id}`)
  const own = withTags(
    invokeLeg(input, place.region, {name: type, resource, profile: null, why: 'the model of the account'}),
    tags,
  )
  if (type !== 'imported-model') return [own]
  const why = 'an imported model is also read when it is invoked'
  const read = {name: 'read the imported model', action: 'bedrock:GetImportedModel', resource, why}
  const context = {'aws:RequestedRegion': place.region}
  return [own, withTags(createLeg({...read, context}, SOURCES.inference), tags)]
}

function invokeLeg(
  {streaming, guardrail, serviceTier, target}: InvokeInput,
  region: string,
  {profile, ...rest}: Pick<Leg, 'name' | 'resource' | 'why'> & {readonly profile: string | null},
): Leg {
  const context: ContextValues = {
    'aws:RequestedRegion': region,
    'bedrock:InferenceProfileArn': profile,
    'bedrock:PromptRouterArn': null,
    'bedrock:ProjectArn': null,
    'bedrock:ModelArn': null,
    // Whether a request that names no tier carries the key is not documented.
    'bedrock:ServiceTier': serviceTier ?? {oneOf: [null, 'default']},
    ...(guardrail === null && {'bedrock:GuardrailIdentifier': null}),
  }
  const action = streaming ? 'bedrock:InvokeModelWithResponseStream' : 'bedrock:InvokeModel'
  return createLeg({...rest, action, context}, provenanceOf(target))
}

function provenanceOf(target: CallTarget): {source: string; asOf: string} {
  const kind = target.kind === 'application-profile' ? target.copies?.kind : target.kind
  if (kind === 'geographic-profile') return SOURCES.geographic
  return kind === 'global-profile' ? SOURCES.global : SOURCES.inference
}

function withTags(leg: Leg, tags: Readonly<Record<string, string>> | undefined): Leg {
  if (tags === undefined) return leg
  return {...leg, context: {...leg.context, ...tagValues(tags)}, complete: ['aws:ResourceTag/']}
}

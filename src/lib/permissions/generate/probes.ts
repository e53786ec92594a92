import {type CallPlace, modelArn, ownArn} from '../../iam/legs/leg.js'
import type {GuardrailUse, SystemTarget} from '../../iam/legs/target.js'
import {type Ask, action, call} from './ask.js'

export interface InvokeMatter {
  readonly place: CallPlace
  /** A Region of the same partition that is not the one called. */
  readonly elsewhere: string
  readonly guardrail: GuardrailUse | null
  readonly vpce: string | null
}

/** A model that nobody offers. */
const OTHER_MODEL = 'bedrockctl.another-model-v1:0'

/** What an app must be able to do with one model, and what it must not. */
export function appAsks(target: SystemTarget, matter: InvokeMatter): readonly Ask[] {
  const {place, guardrail} = matter
  const name = nameOf(target)
  const invoke = {kind: 'invoke', target, streaming: false, guardrail} as const
  return [
    call(`invoke ${name}`, 'ALLOW', invoke, place),
    call(`invoke ${name}, streamed`, 'ALLOW', {...invoke, streaming: true}, place),
    call('another model', 'DENY', {...invoke, target: otherModel(target)}, place),
    call(`${name} from ${matter.elsewhere}`, 'DENY', invoke, {...place, region: matter.elsewhere}),
    ...otherRoutes(target).map(({what, target: other}) => call(what, 'DENY', {...invoke, target: other}, place)),
    call(`${name} with an API key`, 'DENY', {...invoke, apiKey: 'LONG_TERM'}, place),
    ...guardrailAsks(target, matter),
    ...networkAsks(target, matter),
  ]
}

function guardrailAsks(target: SystemTarget, {place, guardrail}: InvokeMatter): readonly Ask[] {
  if (guardrail === null) return []
  const invoke = {kind: 'invoke', target, streaming: false} as const
  const name = nameOf(target)
  const other = {...guardrail, id: 'an0therguard'}
  const draft = {...guardrail, version: guardrail.version === 'DRAFT' ? '1' : 'DRAFT'}
  return [
    call(`${name} without guardrail`, 'DENY', {...invoke, guardrail: null}, place),
    call(`${name} with another guardrail`, 'DENY', {...invoke, guardrail: other}, place),
    call(`${name} with version ${draft.version} of the guardrail`, 'DENY', {...invoke, guardrail: draft}, place),
  ]
}

function networkAsks(target: SystemTarget, {place, guardrail, vpce}: InvokeMatter): readonly Ask[] {
  if (vpce === null) return []
  const invoke = {kind: 'invoke', target, streaming: false, guardrail} as const
  const other = {kind: 'endpoint', vpcEndpointId: 'vpce-00000000000000000', vpcId: 'vpc-00000000000000000'} as const
  return [
    call(`${nameOf(target)} through no endpoint`, 'DENY', invoke, place, {network: {kind: 'internet'}}),
    call(`${nameOf(target)} through another endpoint`, 'DENY', invoke, place, {network: other}),
  ]
}

function nameOf(target: SystemTarget): string {
  return target.kind === 'model' ? target.modelId : target.profileId
}

export function otherModel(target: SystemTarget): SystemTarget {
  return target.kind === 'model'
    ? {kind: 'model', modelId: OTHER_MODEL}
    : {...target, profileId: `other.${OTHER_MODEL}`, modelId: OTHER_MODEL}
}

/** The same model by ways that were not asked for. */
function otherRoutes(target: SystemTarget): readonly {readonly what: string; readonly target: SystemTarget}[] {
  const {modelId} = target
  const direct = {what: `${modelId} without the profile`, target: {kind: 'model', modelId} as const}
  const anywhere = {
    what: `${modelId} by a Global profile`,
    target: {kind: 'global-profile', profileId: `global.${modelId}`, modelId} as const,
  }
  switch (target.kind) {
    case 'model':
      return [anywhere]
    case 'geographic-profile':
      return [direct, anywhere]
    case 'global-profile':
      return [direct]
  }
}

/** What no policy of this tool grants by the way. */
export function neverAsks(place: CallPlace, granted: ReadonlySet<string>): readonly Ask[] {
  const context = {'aws:RequestedRegion': place.region}
  const asks: readonly (readonly [string, string, string])[] = [
    ['use of an API key', 'bedrock:CallWithBearerToken', '*'],
    [
      'inference on Mantle',
      'bedrock-mantle:CreateInference',
      ownArn(place, 'project/default', {service: 'bedrock-mantle'}),
    ],
    ['invoking a model', 'bedrock:InvokeModel', modelArn(place, place.region, OTHER_MODEL)],
    ['turning logging off', 'bedrock:DeleteModelInvocationLoggingConfiguration', '*'],
    ['deleting a guardrail', 'bedrock:DeleteGuardrail', ownArn(place, 'guardrail/an0therguard')],
    ['making an IAM user', 'iam:CreateUser', `arn:${place.partition}:iam::${place.account}:user/anybody`],
    ['reading a secret', 'secretsmanager:GetSecretValue', ownArn(place, 'secret:any', {service: 'secretsmanager'})],
    ['reading log lines', 'logs:GetLogEvents', ownArn(place, 'log-group:any:log-stream:any', {service: 'logs'})],
  ]
  return asks
    .filter(([, name]) => !granted.has(name))
    .map(([what, name, resource]) => action(what, 'DENY', {action: name, resource, context}))
}

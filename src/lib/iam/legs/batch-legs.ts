import {AWS_NETWORK} from '../caller-context.js'
import {invokeLegs} from './invoke-legs.js'
import {passRoleLeg, trustLeg} from './job-legs.js'
import {type CallLeg, type CallPlace, createLeg, type Leg, modelArn, ownArn, SOURCES} from './leg.js'
import type {CallTarget} from './target.js'

export interface BatchInput {
  readonly target: CallTarget
  /** ARN of the service role that the job runs with. */
  readonly roleArn: string
}

const JOB = 'model-invocation-job'

/** A batch job: the caller makes it and passes a role, Bedrock takes the role on, and the role invokes the model. */
export function batchLegs({target, roleArn}: BatchInput, place: CallPlace): readonly CallLeg[] {
  return [
    createLeg(
      {...CREATE, name: 'batch job', resource: jobArn(place), context: inRegion(place), why: 'the job that is made'},
      SOURCES.actions,
    ),
    ...jobTargetLegs(target, place),
    passRoleLeg(roleArn, JOB),
    trustLeg(roleArn, JOB, place),
    ...invokeLegs({target, streaming: false, guardrail: null}, place).map(asServiceRole),
  ]
}

const CREATE = {action: 'bedrock:CreateModelInvocationJob'}

/** The id of a job that does not exist yet: only a policy for every job can match it. */
function jobArn(place: CallPlace): string {
  return ownArn(place, `${JOB}/*`)
}

function inRegion({region}: CallPlace): {readonly 'aws:RequestedRegion': string} {
  return {'aws:RequestedRegion': region}
}

/** The reference names foundation and custom models as resources of the action; what a profile is checked as, it does not. */
function jobTargetLegs(target: CallTarget, place: CallPlace): readonly Leg[] {
  const leg = (name: string, resource: string, certain: boolean) =>
    createLeg(
      {...CREATE, name, resource, context: inRegion(place), certain, why: 'the model of the job'},
      SOURCES.actions,
    )
  const model = (modelId: string, certain: boolean) =>
    leg('model of the batch job', modelArn(place, place.region, modelId), certain)
  switch (target.kind) {
    case 'model':
      return [model(target.modelId, true)]
    case 'geographic-profile':
    case 'global-profile':
      return [
        model(target.modelId, false),
        leg('profile of the batch job', ownArn(place, `inference-profile/${target.profileId}`), false),
      ]
    case 'application-profile': {
      const profile = leg(
        'profile of the batch job',
        ownArn(place, `application-inference-profile/${target.id}`),
        false,
      )
      return target.copies === null ? [profile] : [profile, model(target.copies.modelId, false)]
    }
    case 'own-model':
      return [leg('model of the batch job', ownArn(place, `${target.type}/${target.id}`), false)]
  }
}

function asServiceRole(leg: CallLeg): CallLeg {
  const name = `service role: ${leg.name}`
  if (leg.kind === 'open') return {...leg, name, actor: 'service-role'}
  const context = {...leg.context, ...AWS_NETWORK, 'aws:ViaAWSService': UNSETTLED}
  return {...leg, name, actor: 'service-role', endpoint: 'bypassed', context}
}

/** Whether the role's calls count as made through a service is not documented. */
const UNSETTLED = {oneOf: ['true', 'false']}

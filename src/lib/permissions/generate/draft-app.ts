import type {SystemTarget} from '../../iam/legs/target.js'
import type {Draft} from './ask.js'
import {guardrailStatement, invokeStatements} from './invoke-statements.js'
import {appAsks, type InvokeMatter, neverAsks} from './probes.js'
import type {Conditions} from './statement.js'

export const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'] as const

/** An application that invokes models, streamed or not, each by one way. */
export function draftApp(targets: readonly SystemTarget[], matter: InvokeMatter): Draft {
  const {place, guardrail, vpce} = matter
  const conditions = endpointCondition(vpce)
  return {
    caller: [
      ...invokeStatements(targets, {actions: INVOKE_ACTIONS, place, guardrail, conditions}),
      ...(guardrail === null ? [] : [guardrailStatement(guardrail, place, conditions)]),
    ],
    role: null,
    asks: [...targets.flatMap((target) => appAsks(target, matter)), ...neverAsks(place, new Set())],
    notes: [
      'The first call of a model from AWS Marketplace in an account also takes aws-marketplace:Subscribe, once, by somebody.',
      ...(targets.some(({kind}) => kind === 'geographic-profile')
        ? ['AWS adds destinations to profiles: generate again when bedrock:GetInferenceProfile names new ones.']
        : []),
    ],
  }
}

export function endpointCondition(vpce: string | null): Conditions {
  return vpce === null ? {} : {StringEquals: {'aws:SourceVpce': vpce}}
}

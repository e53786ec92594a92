import {batchLegs} from './batch-legs.js'
import {guardrailIdentifier, guardrailLegs} from './guardrail-legs.js'
import {type InvokeInput, invokeLegs} from './invoke-legs.js'
import {type BearerTokenType, keyLeg} from './key-legs.js'
import type {CallLeg, CallPlace} from './leg.js'
import {type MantleInput, mantleLegs} from './mantle-legs.js'
import type {CallTarget} from './target.js'

/** A call somebody wants to make. */
export type Workload =
  | (InvokeInput & {readonly kind: 'invoke'; readonly apiKey?: BearerTokenType})
  | (MantleInput & {readonly kind: 'mantle'; readonly apiKey?: BearerTokenType})
  | {readonly kind: 'batch'; readonly target: CallTarget; readonly roleArn: string}

/** Every leg of a call, in the order in which an operator would look at them. */
export function workloadLegs(workload: Workload, place: CallPlace): readonly CallLeg[] {
  switch (workload.kind) {
    case 'invoke': {
      const {apiKey, guardrail} = workload
      const legs = invokeLegs(workload, place)
      return [
        ...(apiKey === undefined ? [] : [keyLeg('bedrock', apiKey, place)]),
        ...(guardrail === null ? legs : legs.map((leg) => withGuardrail(leg, guardrailIdentifier(guardrail, place)))),
        ...(guardrail === null ? [] : guardrailLegs(guardrail, place)),
      ]
    }
    case 'mantle':
      return [
        ...(workload.apiKey === undefined ? [] : [keyLeg('bedrock-mantle', workload.apiKey, place)]),
        ...mantleLegs(workload, place),
      ]
    case 'batch':
      return batchLegs(workload, place)
  }
}

function withGuardrail(leg: CallLeg, identifier: string): CallLeg {
  if (leg.kind === 'open' || !leg.action.startsWith('bedrock:InvokeModel')) return leg
  return {...leg, context: {...leg.context, 'bedrock:GuardrailIdentifier': identifier}}
}

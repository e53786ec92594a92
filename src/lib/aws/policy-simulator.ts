import {type ContextKeyTypeEnum, IAMClient, SimulatePrincipalPolicyCommand} from '@aws-sdk/client-iam'
import type {PolicySimulator} from '../permissions/simulate/ports.js'
import type {Wire} from './wire.js'

const DECISIONS = ['allowed', 'explicitDeny', 'implicitDeny'] as const

/** IAM is one service a partition; `homeRegion` says which partition. */
export function createPolicySimulator(wire: Wire, homeRegion: () => Promise<string>): PolicySimulator {
  return {
    async simulate({principalArn, action, resource, context}, signal) {
      const region = await homeRegion()
      const client = wire.client('iam', region, (config) => new IAMClient(config))
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principalArn,
        ActionNames: [action],
        ResourceArns: [resource],
        ContextEntries: context.map(({key, values}) => ({
          ContextKeyName: key,
          ContextKeyValues: [...values],
          ContextKeyType: typeOf(values),
        })),
      })
      const answer = await wire.call('iam', {action: 'iam:SimulatePrincipalPolicy', region}, signal, (abortSignal) =>
        client.send(command, {abortSignal}),
      )
      const [found] = answer.EvaluationResults ?? []
      return {
        decision: DECISIONS.find((one) => one === found?.EvalDecision) ?? null,
        allowedByOrganizations: found?.OrganizationsDecisionDetail?.AllowedByOrganizations ?? null,
      }
    },
  }
}

function typeOf(values: readonly string[]): ContextKeyTypeEnum {
  return values.length === 1 ? 'string' : 'stringList'
}

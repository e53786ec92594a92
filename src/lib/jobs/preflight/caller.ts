import {parseArn} from '../../core/arn.js'
import type {AccountPolicies} from '../../iam/account/account-policies.js'
import {callerContext} from '../../iam/caller-context.js'
import type {Actor} from '../../iam/legs/judge-call.js'
import type {AccessFacts} from './decide-access.js'

/** Who makes a job, by the ARN that STS gives; the root user has every permission that the organisation leaves. */
export function callerOf(arn: string, policies: AccountPolicies): Pick<AccessFacts, 'caller' | 'callerName'> {
  const found = policies.find(arn)
  if (found) return {caller: policies.actor(found), callerName: `${found.kind}/${found.name}`}
  const parsed = parseArn(arn)
  if (parsed?.resource !== 'root') return {caller: undefined, callerName: parsed?.resource ?? arn}
  return {caller: rootActor(arn, parsed.account, policies), callerName: 'the root user'}
}

function rootActor(arn: string, account: string, policies: AccountPolicies): Actor {
  const principal = {kind: 'root', arn, account} as const
  const {layers} = policies.serviceActor('bedrock.amazonaws.com')
  return {principal, layers, context: callerContext(principal, {tags: {}})}
}

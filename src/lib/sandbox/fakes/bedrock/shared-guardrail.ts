import {AccessDeniedException} from '@aws-sdk/client-bedrock'
import {parseArn} from '../../../core/arn.js'
import type {RequestContext} from '../../handler.js'
import {matchesPattern} from '../../world/denials.js'
import type {Guardrail} from '../../world/resources.js'
import {invalid} from './refusals.js'

/** A guardrail of another account that its resource policy lets the caller read; refused otherwise, there or not. */
export function sharedGuardrail(
  arn: string,
  action: string,
  {world, account, accessKeyId, region}: RequestContext,
): {readonly guardrail: Guardrail; readonly owner: string} {
  const parts = parseArn(arn)
  if (parts?.region !== region) throw invalid('The provided ARN is invalid for the service region.')
  const id = parts.resource.replace(/^guardrail\//, '')
  const owner = world.accounts.get(parts.account)
  const guardrail = owner?.resources.byRegion.get(region)?.guardrails?.find((one) => one.id === id)
  if (owner && guardrail && admits(guardrail, action, account, world.organization?.id)) {
    return {guardrail, owner: owner.id}
  }
  const message =
    `User: ${world.principal(account, accessKeyId)} is not authorized to perform: ${action} on resource: ${arn} ` +
    `because no resource-based policy allows the ${action} action`
  throw new AccessDeniedException({message, $metadata: {}})
}

type Statement = Readonly<Record<string, unknown>>

function admits(
  {resourcePolicy}: Guardrail,
  action: string,
  account: string,
  organization: string | undefined,
): boolean {
  const listed = resourcePolicy?.Statement ?? []
  const statements: readonly Statement[] = Array.isArray(listed) ? listed : [listed]
  return statements.some(({Effect, Action, Principal, Condition}) => {
    const actions = [Action].flat().filter((one) => typeof one === 'string')
    const who = JSON.stringify(Principal ?? '')
    const narrowed = JSON.stringify(Condition ?? '')
    const everybody = who.includes('"*"') && (narrowed === '""' || narrowed.includes(`"${organization}"`))
    return (
      Effect === 'Allow' &&
      actions.some((pattern) => matchesPattern(pattern, action)) &&
      (who.includes(account) || everybody)
    )
  })
}

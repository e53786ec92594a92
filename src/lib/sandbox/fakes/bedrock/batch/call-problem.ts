import type {RequestContext} from '../../../handler.js'
import {agreementState, formScope, needsUseCaseForm} from '../../../world/marketplace.js'
import {roleMay} from './policy.js'
import {findRole} from './role-rights.js'

const FORM_MISSING = 'Model use case details have not been submitted for this account.'
const NO_AGREEMENT =
  'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace ' +
  'actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.'
const SUBSCRIBES = ['aws-marketplace:Subscribe', 'aws-marketplace:Unsubscribe', 'aws-marketplace:ViewSubscriptions']

/**
 * What the calls of a job meet though its model may be named: Anthropic's form, which nobody submitted, or a model of the
 * Marketplace without an agreement that the role may not make either. What Bedrock looks at before is not documented.
 */
export function callProblem(modelId: string, roleArn: string, context: RequestContext): string | undefined {
  const {region, world} = context
  const account = world.account(context.account)
  const model = world.catalog.model(modelId)
  if (!model) return undefined
  if (needsUseCaseForm(model) && !account.useCaseForms.has(formScope(world.catalog, region))) return FORM_MISSING
  if (agreementState(account, model, context.now()) !== 'NOT_AVAILABLE') return undefined
  const role = findRole(roleArn, context)
  const attempt = {resource: '*', context: {'aws:principalarn': roleArn}}
  const subscribes = role && SUBSCRIBES.every((action) => roleMay(role, account.iam, {action, ...attempt}))
  return subscribes === true ? undefined : NO_AGREEMENT
}

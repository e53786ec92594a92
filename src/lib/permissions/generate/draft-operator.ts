import {actionsOf} from '../../account/reads.js'
import {readsFor} from '../../account/select-reads.js'
import {findAction} from '../../iam/action-facts.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import {type CallPlace, modelArn, ownArn} from '../../iam/legs/leg.js'
import {type Ask, action, type Draft} from './ask.js'
import {endpointCondition} from './draft-app.js'
import {requestedRegion} from './invoke-statements.js'
import {neverAsks} from './probes.js'
import {allow, type Statement} from './statement.js'

export interface OperatorMatter {
  readonly place: CallPlace
  readonly elsewhere: string
  readonly vpce: string | null
  readonly facts: IamFacts
}

/** Actions of one service. */
export const words = (prefix: string, names: string) => names.split(' ').map((name) => `${prefix}:${name}`)

/** Setting Bedrock up: guardrails, logging, retention, access, profiles, capacity. No invocation, no job, no role. */
export const ADMIN_ACTIONS: readonly string[] = words(
  'bedrock',
  [
    'CreateCustomModelDeployment CreateFoundationModelAgreement CreateGuardrail CreateGuardrailVersion',
    'CreateInferenceProfile CreatePromptRouter CreateProvisionedModelThroughput DeleteCustomModel',
    'DeleteCustomModelDeployment DeleteEnforcedGuardrailConfiguration DeleteFoundationModelAgreement DeleteGuardrail',
    'DeleteImportedModel DeleteInferenceProfile DeleteModelInvocationLoggingConfiguration DeletePromptRouter',
    'DeleteProvisionedModelThroughput DeleteResourcePolicy GetAccountDataRetention GetCustomModel',
    'GetCustomModelDeployment GetFoundationModel GetFoundationModelAvailability GetGuardrail GetImportedModel',
    'GetInferenceProfile GetModelInvocationLoggingConfiguration GetPromptRouter GetProvisionedModelThroughput',
    'GetResourcePolicy GetUseCaseForModelAccess ListCustomModelDeployments ListCustomModels',
    'ListEnforcedGuardrailsConfiguration ListFoundationModelAgreementOffers ListFoundationModels ListGuardrails',
    'ListImportedModels ListInferenceProfiles ListPromptRouters ListProvisionedModelThroughputs ListTagsForResource',
    'PutAccountDataRetention PutEnforcedGuardrailConfiguration PutFoundationModelEntitlement',
    'PutModelInvocationLoggingConfiguration PutResourcePolicy PutUseCaseForModelAccess TagResource UntagResource',
    'UpdateCustomModelDeployment UpdateGuardrail UpdateProvisionedModelThroughput',
  ].join(' '),
)

export function draftAdmin(matter: OperatorMatter): Draft {
  const {place, elsewhere, facts} = matter
  const conditions = endpointCondition(matter.vpce)
  const here = requestedRegion(place.region)
  const granted = new Set(ADMIN_ACTIONS)
  const onAll = ADMIN_ACTIONS.filter((name) => !hasResource(name, facts))
  const onOwn = ADMIN_ACTIONS.filter((name) => hasResource(name, facts))
  const own = [ownArn(place, '*'), modelArn(place, place.region, '*')]
  const job = {action: 'bedrock:CreateModelInvocationJob', resource: ownArn(place, 'model-invocation-job/*')}
  const statements: readonly Statement[] = [
    allow('AdministerAccount', onAll, ['*'], conditions, here),
    allow('AdministerResources', onOwn, own, conditions, here),
  ]
  return operatorDraft(
    statements,
    [
      ...onAll.map((name) => allowed(name, '*', place)),
      ...onOwn.map((name) => allowed(name, ownArn(place, 'guardrail/abcdefghijkl'), place)),
      action('making a batch job', 'DENY', {...job, context: {'aws:RequestedRegion': place.region}}),
      elsewhereAsk('bedrock:PutAccountDataRetention', elsewhere),
      ...networkAsk('bedrock:PutAccountDataRetention', matter),
      ...neverAsks(place, granted),
    ],
    ['Roles that Bedrock is given (for logging, agents, jobs) need iam:PassRole each; it is left out here.'],
  )
}

/** All that an audit by this tool reads, in every Region; it sees how things are set up and never what is said. */
export function draftAuditor({place}: OperatorMatter): Draft {
  const extra = ['account:ListRegions', 'ec2:DescribeRegions', 'sts:GetCallerIdentity']
  const names = [...new Set([...actionsOf(readsFor('all')), ...extra])].sort()
  // What a key allows is for its own policy to say, so it is asked about a key.
  const key = ownArn(place, 'key/any', {service: 'kms'})
  const reads = {action: 's3:GetObject', resource: `arn:${place.partition}:s3:::any/any`, owner: place.account}
  return operatorDraft(
    [allow('ReadConfiguration', names, ['*'])],
    [
      ...names.map((name) => allowed(name, name.startsWith('kms:') ? key : '*', place)),
      action('reading an object', 'DENY', reads),
      action('changing a guardrail', 'DENY', {
        action: 'bedrock:UpdateGuardrail',
        resource: ownArn(place, 'guardrail/an0therguard'),
      }),
      ...neverAsks(place, new Set(names)),
    ],
    [],
  )
}

/** Without a service role. */
export function operatorDraft(caller: readonly Statement[], asks: readonly Ask[], notes: readonly string[]): Draft {
  return {caller, role: null, asks, notes}
}

function hasResource(name: string, facts: IamFacts): boolean {
  const found = findAction(facts, name)
  return (found?.resources ?? found?.optionalResources ?? []).length > 0
}

/** That the action is allowed there, in the Region of the place. */
export function allowed(name: string, resource: string, {region, account}: CallPlace): Ask {
  const context = {'aws:RequestedRegion': region}
  return action(name, 'ALLOW', {action: name, resource, context, owner: account})
}

/** That the action is refused in a Region that is not named. */
export function elsewhereAsk(name: string, region: string): Ask {
  return action(`${name} in ${region}`, 'DENY', {action: name, resource: '*', context: {'aws:RequestedRegion': region}})
}

function networkAsk(name: string, {vpce, place}: OperatorMatter): readonly Ask[] {
  if (vpce === null) return []
  const asked = {action: name, resource: '*', context: {'aws:RequestedRegion': place.region}}
  return [action(`${name} through no endpoint`, 'DENY', asked, {network: {kind: 'internet'}})]
}

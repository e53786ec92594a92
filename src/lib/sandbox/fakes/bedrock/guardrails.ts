import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {GetGuardrailResponse, GuardrailStatus, GuardrailSummary} from '@aws-sdk/client-bedrock'
import {parseArn} from '../../../core/arn.js'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi, type Guardrail} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {resourceHere} from './place.js'
import {bedrockPage, invalid, notFound} from './refusals.js'
import {sharedGuardrail} from './shared-guardrail.js'

/** What every guardrail says instead, of what comes in and of what goes out. */
export const BLOCKED_MESSAGE = 'Sorry, the model cannot answer this question.'

export const guardrails = handlersFor<typeof Bedrock>()({
  // Without an id the draft of each; with one, the draft and every version of it.
  ListGuardrails({guardrailIdentifier, maxResults = 100, nextToken}, context) {
    const place = placeOf(context)
    const summaries =
      guardrailIdentifier === undefined
        ? (place.resources.guardrails ?? []).map((one) => summarise(editionOf(one, 'DRAFT'), context))
        : editions(findGuardrail(guardrailIdentifier, context)).map((one) => summarise(one, context))
    const scope = `guardrails:${guardrailIdentifier ?? ''}`
    const {items, next} = bedrockPage(summaries, {token: nextToken, size: maxResults, scope})
    return {guardrails: items, nextToken: next}
  },

  GetGuardrail({guardrailIdentifier, guardrailVersion = 'DRAFT'}, context) {
    const foreign = parseArn(guardrailIdentifier)
    if (foreign && foreign.account !== context.account) {
      const {guardrail, owner} = sharedGuardrail(guardrailIdentifier, 'bedrock:GetGuardrail', context)
      return describe(editionOf(guardrail, guardrailVersion), {...context, account: owner})
    }
    return describe(editionOf(findGuardrail(guardrailIdentifier, context), guardrailVersion), context)
  },

  GetResourcePolicy({resourceArn}, context) {
    if (resourceHere(resourceArn, context) === undefined) throw invalid('The provided resource ARN is invalid.')
    const {resourcePolicy} = findGuardrail(resourceArn, context)
    if (!resourcePolicy) throw notFound(`No resource policy was found for the resource ${resourceArn}.`)
    return {resourcePolicy: JSON.stringify(resourcePolicy)}
  },
})

/** A guardrail in one of its versions, DRAFT among them. */
export interface Edition {
  readonly guardrail: Guardrail
  readonly version: string
  readonly description: string | undefined
  readonly status: GuardrailStatus
  readonly createdOn: string
  readonly policies: Guardrail['policies']
}

/** The draft first. */
export function editions(guardrail: Guardrail): readonly Edition[] {
  const {description, status = 'READY', createdOn, policies, versions = []} = guardrail
  const draft = {guardrail, version: 'DRAFT', description, status, createdOn, policies}
  const numbered = versions.map((one) => ({
    guardrail,
    version: one.version,
    description: one.description,
    status: one.status ?? 'READY',
    createdOn: one.createdOn,
    policies: one.policies ?? policies,
  }))
  return [draft, ...numbered]
}

function editionOf(guardrail: Guardrail, version: string): Edition {
  const found = editions(guardrail).find((one) => one.version === version)
  if (!found) throw notFound(`The guardrail version ${version} of the guardrail ${guardrail.id} does not exist.`)
  return found
}

function findGuardrail(identifier: string, context: RequestContext): Guardrail {
  const resource = resourceHere(identifier, context)
  const id = resource === undefined ? identifier : resource.replace(/^guardrail\//, '')
  const found = placeOf(context).resources.guardrails?.find((one) => one.id === id)
  if (!found) throw notFound(`The guardrail ${identifier} does not exist.`)
  return found
}

function crossRegion({profile}: Guardrail, context: RequestContext) {
  if (profile === undefined) return {}
  const guardrailProfileArn = placeOf(context).arn('bedrock', `guardrail-profile/${profile}`)
  return {crossRegionDetails: {guardrailProfileId: profile, guardrailProfileArn}}
}

function summarise(
  {guardrail, version, description, status, createdOn}: Edition,
  context: RequestContext,
): GuardrailSummary {
  const {date, arn} = placeOf(context)
  return {
    id: guardrail.id,
    arn: arn('bedrock', `guardrail/${guardrail.id}`),
    status,
    name: guardrail.name,
    ...(description !== undefined && {description}),
    version,
    createdAt: date(createdOn),
    updatedAt: date(createdOn),
    ...crossRegion(guardrail, context),
  }
}

function describe(edition: Edition, context: RequestContext): GetGuardrailResponse {
  const {guardrail, policies} = edition
  const {id, arn, ...summary} = summarise(edition, context)
  return {
    ...summary,
    guardrailId: id ?? '',
    guardrailArn: arn,
    name: guardrail.name,
    version: edition.version,
    status: edition.status,
    ...asApi<Partial<GetGuardrailResponse>>(policies),
    statusReasons: [...(guardrail.statusReasons ?? [])],
    failureRecommendations: [],
    blockedInputMessaging: BLOCKED_MESSAGE,
    blockedOutputsMessaging: BLOCKED_MESSAGE,
    ...(guardrail.kmsKeyArn !== undefined && {kmsKeyArn: guardrail.kmsKeyArn}),
    createdAt: summary.createdAt,
    updatedAt: summary.updatedAt,
  } as GetGuardrailResponse
}

import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {CreateInferenceProfileCommandInput, InferenceProfileSummary} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {launchedAt, type OfferedProfile, offeredModel, offeredProfile, offeredProfiles} from '../../world/offering.js'
import type {ApplicationProfile} from '../../world/state.js'
import {here, ownArn, resourceHere} from './place.js'
import {bedrockPage, conflict, invalid, notFound, quotaExceeded} from './refusals.js'
import {onceForToken} from './request-token.js'
import {checkedTags} from './tags.js'

// L-40EC9882, https://docs.aws.amazon.com/general/latest/gr/bedrock.html
const PROFILES_QUOTA = {code: 'L-40EC9882', value: 1000}
// A new application profile can be read at once; the list follows a little later.
const LIST_LAG_MS = 2000

export const profiles = handlersFor<typeof Bedrock>()({
  ListInferenceProfiles({typeEquals = 'SYSTEM_DEFINED', maxResults = 1000, nextToken}, context) {
    const all = typeEquals === 'APPLICATION' ? listedApplicationProfiles(context) : systemProfiles(context)
    const {items, next} = bedrockPage(all, {token: nextToken, size: maxResults, scope: `profiles:${typeEquals}`})
    return {inferenceProfileSummaries: items, nextToken: next}
  },

  GetInferenceProfile({inferenceProfileIdentifier}, context) {
    const own = applicationProfile(inferenceProfileIdentifier, context)
    if (own) return describeOwn(own)
    const system = systemProfile(inferenceProfileIdentifier, context)
    if (!system) throw notFound(`Inference profile ${inferenceProfileIdentifier} was not found.`)
    return describeSystem(system, context)
  },

  CreateInferenceProfile(input, context) {
    const tags = checkedTags(input.tags ?? [])
    const arn = onceForToken(input, context, () => {
      const profile = newProfile(input, context)
      here(context).applicationProfiles.set(profile.arn, profile)
      here(context).tags.set(profile.arn, tags)
      return profile.arn
    })
    return {inferenceProfileArn: arn, status: 'ACTIVE'}
  },

  DeleteInferenceProfile({inferenceProfileIdentifier}, context) {
    const own = applicationProfile(inferenceProfileIdentifier, context)
    if (!own) {
      const system = systemProfile(inferenceProfileIdentifier, context)
      throw system
        ? invalid('System-defined inference profiles cannot be deleted.')
        : notFound(`Inference profile ${inferenceProfileIdentifier} was not found.`)
    }
    here(context).applicationProfiles.delete(own.arn)
    here(context).tags.delete(own.arn)
    return {}
  },
})

function systemProfiles(context: RequestContext): InferenceProfileSummary[] {
  const {world, region, now} = context
  return offeredProfiles(world.catalog, region, now()).map((profile) => describeSystem(profile, context))
}

function listedApplicationProfiles(context: RequestContext): InferenceProfileSummary[] {
  const own = [...here(context).applicationProfiles.values()]
  return own.filter(({listedAt}) => listedAt <= context.now()).map(describeOwn)
}

function systemProfile(identifier: string, context: RequestContext): OfferedProfile | undefined {
  const resource = resourceHere(identifier, context)
  if (resource !== undefined && identifier !== ownArn(context, resource)) return undefined
  const id = resource?.replace(/^inference-profile\//, '') ?? identifier
  return offeredProfile(context.world.catalog, context.region, context.now(), id)
}

function applicationProfile(identifier: string, context: RequestContext): ApplicationProfile | undefined {
  const own = here(context).applicationProfiles
  const resource = resourceHere(identifier, context) ?? `application-inference-profile/${identifier}`
  return own.get(identifier) ?? own.get(ownArn(context, resource))
}

function newProfile(input: CreateInferenceProfileCommandInput, context: RequestContext): ApplicationProfile {
  const existing = [...here(context).applicationProfiles.values()]
  const name = input.inferenceProfileName ?? ''
  if (existing.some((profile) => profile.name === name)) {
    throw conflict(`An inference profile with the name ${name} already exists.`)
  }
  const limit = context.world.account(context.account).quotas.get(PROFILES_QUOTA.code) ?? PROFILES_QUOTA.value
  if (existing.length >= limit) {
    throw quotaExceeded(`The account has reached its quota of ${limit} inference profiles in this Region.`)
  }
  const id = context.world.newId(12)
  return {
    arn: ownArn(context, `application-inference-profile/${id}`),
    id,
    name,
    description: input.description,
    ...source(input.modelSource, context),
    createdAt: context.now(),
    listedAt: context.now() + LIST_LAG_MS,
  }
}

function source(
  from: CreateInferenceProfileCommandInput['modelSource'],
  context: RequestContext,
): {copyFrom: string; modelArns: readonly string[]} {
  const copyFrom = from && 'copyFrom' in from ? (from.copyFrom ?? '') : ''
  const resource = resourceHere(copyFrom, context)
  if (resource?.startsWith('inference-profile/')) {
    const profile = systemProfile(copyFrom, context)
    if (!profile) throw notFound(`Inference profile ${copyFrom} was not found.`)
    return {copyFrom, modelArns: profile.modelArns}
  }
  if (!resource?.startsWith('foundation-model/')) {
    throw invalid(
      'modelSource.copyFrom must be the ARN of a foundation model or of a system-defined inference profile.',
    )
  }
  const id = resource.slice('foundation-model/'.length)
  const model = offeredModel(context.world.catalog, context.region, context.now(), id)
  if (!model) throw notFound('Could not resolve the foundation model from the provided model identifier.')
  if (!model.inferenceTypes.includes('ON_DEMAND')) {
    throw invalid(
      `The model ${id} does not support on-demand throughput; copy from an inference profile that contains it.`,
    )
  }
  return {copyFrom, modelArns: [model.arn]}
}

function describeOwn(profile: ApplicationProfile): InferenceProfileSummary {
  return {
    inferenceProfileName: profile.name,
    inferenceProfileArn: profile.arn,
    inferenceProfileId: profile.id,
    description: profile.description,
    models: profile.modelArns.map((modelArn) => ({modelArn})),
    createdAt: new Date(profile.createdAt),
    updatedAt: new Date(profile.createdAt),
    status: 'ACTIVE',
    type: 'APPLICATION',
  }
}

function describeSystem(profile: OfferedProfile, context: RequestContext): InferenceProfileSummary {
  return {
    inferenceProfileName: profile.name,
    inferenceProfileArn: ownArn(context, `inference-profile/${profile.id}`),
    inferenceProfileId: profile.id,
    description: describeRoute(profile),
    models: profile.modelArns.map((modelArn) => ({modelArn})),
    createdAt: launchedAt(profile.model),
    updatedAt: launchedAt(profile.model),
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
  }
}

function describeRoute({model, modelArns}: OfferedProfile): string {
  const regions = modelArns.map((arn) => arn.split(':')[3] ?? '')
  const where = regions.includes('') ? 'globally across all supported AWS Regions' : `in ${regions.join(', ')}`
  return `Routes requests to ${model.name ?? model.id} ${where}.`
}

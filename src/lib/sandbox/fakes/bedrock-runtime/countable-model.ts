import {parseArn} from '../../../core/arn.js'
import type {RequestContext} from '../../handler.js'
import {foundationModelArn, isListed, type OfferedModel, offeredModel, offeredProfile} from '../../world/offering.js'
import {denied, invalid, notFound} from './refusals.js'

// The user guide names six models and then leaves it to the model cards; that newer ones count as well was seen on
// AWS by several of its callers. None of them is told apart by any API, nor by whether it can be called in-Region.
// https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html, https://github.com/boto/botocore/issues/3707,
// https://github.com/BerriAI/litellm/issues/37102
const COUNTABLE: ReadonlySet<string> = new Set([
  'anthropic.claude-3-5-haiku-20241022-v1:0',
  'anthropic.claude-3-5-sonnet-20240620-v1:0',
  'anthropic.claude-3-5-sonnet-20241022-v2:0',
  'anthropic.claude-3-7-sonnet-20250219-v1:0',
  'anthropic.claude-sonnet-4-20250514-v1:0',
  'anthropic.claude-opus-4-20250514-v1:0',
  'anthropic.claude-sonnet-4-5-20250929-v1:0',
  'anthropic.claude-haiku-4-5-20251001-v1:0',
  'anthropic.claude-opus-4-5-20251101-v1:0',
  'anthropic.claude-opus-4-6-v1',
  'anthropic.claude-sonnet-4-6',
])

// The Regions of the same page.
const REGIONS: ReadonlySet<string> = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-2', 'sa-east-1'],
  ...['ap-northeast-1', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['eu-central-1', 'eu-central-2', 'eu-west-1', 'eu-west-2'],
])

export const UNKNOWN = 'The provided model identifier is invalid.'
const UNCOUNTED = "The provided model doesn't support counting tokens."
export const ENDED =
  'This model version has reached the end of its life. Please refer to the AWS documentation for more details.'
export const WITHHELD = "You don't have access to the model with the specified model ID."

/**
 * The model that counts for an id or ARN of a foundation model. A profile is refused although its model may count, as
 * Bedrock does.
 */
export function countableModel(modelId: string, context: RequestContext): OfferedModel {
  const {world, region, account} = context
  const id = idOf(modelId, context)
  const offered = offeredModel(world.catalog, region, context.now(), id)
  if (!offered) throw absent(id, context)
  if (world.account(account).withheldModels.has(offered.model.id)) throw denied(WITHHELD)
  if (!COUNTABLE.has(offered.id) || !REGIONS.has(region)) throw invalid(UNCOUNTED)
  return offered
}

function idOf(modelId: string, {world, region}: RequestContext): string {
  if (!modelId.startsWith('arn:')) return modelId
  const resource = parseArn(modelId)?.resource ?? ''
  if (/^(application-)?inference-profile\//.test(resource)) throw invalid(UNCOUNTED)
  const id = resource.replace(/^foundation-model\//, '')
  if (modelId !== foundationModelArn(world.catalog, region, id)) throw invalid(UNKNOWN)
  return id
}

function absent(id: string, {world, region, now}: RequestContext): Error {
  if (offeredProfile(world.catalog, region, now(), id)) return invalid(UNCOUNTED)
  const model = world.catalog.model(id)
  const ended = model !== undefined && model.lifecycle.status !== 'UNLISTED' && !isListed(model, now())
  return ended ? notFound(ENDED) : invalid(UNKNOWN)
}

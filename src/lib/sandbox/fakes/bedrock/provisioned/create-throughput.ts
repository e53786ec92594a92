import type {CreateProvisionedModelThroughputCommandInput} from '@aws-sdk/client-bedrock'
import type {RequestContext} from '../../../handler.js'
import {addMonths, COMMITTED_MONTHS} from '../../../world/commitment.js'
import type {ProvisionedModel} from '../../../world/custom-model-state.js'
import {type DefaultQuota, readQuotas} from '../../../world/quotas.js'
import {here, ownArn} from '../place.js'
import {type QuotaValues, quotaValues} from '../quota-values.js'
import {invalid, quotaExceeded} from '../refusals.js'
import {servingFailure, servingSettings} from '../serving-settings.js'
import {type Provisionable, provisionable} from './provisionable.js'

/** What throughput is judged by; reading it takes a moment. */
interface Grounds {
  readonly quota: QuotaValues
  /** Units per provisioned model, of the models whose quota's code is known. */
  readonly perModel: readonly DefaultQuota[]
}

const BASE_UNITS = 'L-FE44174A'
const CUSTOM_UNITS = 'L-BE77399C'
const PER_MODEL = /^Model units per provisioned model for /

export async function readGrounds(context: RequestContext): Promise<Grounds> {
  const [rows, quota] = await Promise.all([readQuotas(), quotaValues(context)])
  return {quota, perModel: rows.filter(({name}) => PER_MODEL.test(name))}
}

/** Throughput as Create makes it. Throws what Bedrock answers at once. */
export function newThroughput(
  input: CreateProvisionedModelThroughputCommandInput,
  grounds: Grounds,
  context: RequestContext,
): ProvisionedModel {
  const {provisionedModelName: name = '', modelId = '', modelUnits = 0, commitmentDuration} = input
  const bought = provisionable(modelId, context)
  checkTerms(bought, commitmentDuration, context)
  // Create has no ConflictException among its errors.
  const others = [...here(context).provisionedModels.values()]
  if (others.some((one) => one.name === name)) throw invalid('The provided provisioned model name is currently in use.')
  checkUnits(bought, modelUnits, commitmentDuration, grounds, context)
  const settings = servingSettings(context)
  const {provisioningSeconds = 2, listDelaySeconds = 1} = settings
  const createdAt = context.now()
  return {
    arn: ownArn(context, `provisioned-model/${context.world.newId(12)}`),
    name,
    modelArn: bought.modelArn,
    foundationModelArn: bought.foundationModelArn,
    modelUnits,
    commitmentDuration,
    commitmentExpiresAt: commitmentDuration && addMonths(createdAt, COMMITTED_MONTHS[commitmentDuration]),
    createdAt,
    listedAt: createdAt + listDelaySeconds * 1000,
    readyAt: createdAt + provisioningSeconds * 1000,
    failure: servingFailure('provisioned', name, settings),
    change: undefined,
  }
}

type Commitment = CreateProvisionedModelThroughputCommandInput['commitmentDuration']

function checkTerms({custom}: Provisionable, commitment: Commitment, {region}: RequestContext): void {
  if (region === 'us-gov-west-1' && (!custom || commitment !== undefined)) {
    throw invalid(`In ${region} Provisioned Throughput is sold for custom models and without a commitment alone.`)
  }
}

function checkUnits(
  bought: Provisionable,
  units: number,
  commitment: Commitment,
  grounds: Grounds,
  context: RequestContext,
): void {
  const all = [...here(context).provisionedModels.values()]
  const inUse = all.filter((one) => (one.commitmentDuration === undefined) === (commitment === undefined))
  const custom = (one: ProvisionedModel) => one.modelArn !== one.foundationModelArn
  const sum = (some: readonly ProvisionedModel[]) => some.reduce((total, {modelUnits}) => total + modelUnits, 0)
  // Units that the scenario's own throughput has are not among those that are still to be had.
  const made = inUse.filter(({createdAt}) => createdAt >= startedAt(context))
  if (commitment !== undefined) {
    if (sum(made) + units > (servingSettings(context).committedUnits ?? 0)) throw noneReserved(bought, commitment)
    return
  }
  const own = sum(inUse.filter((one) => custom(one) === bought.custom))
  if (own + units > grounds.quota(bought.custom ? CUSTOM_UNITS : BASE_UNITS)) throw noneReserved(bought, commitment)
  const row = grounds.perModel.find(({model}) => model === bought.model.id)
  if (row && units > grounds.quota(row.code)) throw noneReserved(bought, commitment)
}

const startedAt = ({world, account}: RequestContext): number => world.account(account).resources.startedAt

/** As an account without any units was told; what one is told that has too few, or wants to commit, is not published. */
function noneReserved({id}: Provisionable, commitment: Commitment): Error {
  const kind = {OneMonth: '1 month commitment', SixMonths: '6 month commitment', none: 'no commitment'}
  return quotaExceeded(
    `Your account does not currently have any ${kind[commitment ?? 'none']} model units reserved for ${id}.`,
  )
}

import type {Catalog} from '../../catalog/catalog.js'
import {toNumber} from '../../core/decimal.js'
import {BedrockctlError} from '../../core/errors.js'
import type {PriceBook} from '../../prices/price-book.js'
import {costUntil, termOf} from '../commitment.js'
import type {OwnCapacity} from '../find-capacity.js'
import type {CapacitySource, ProvisionedThroughput} from '../ports.js'
import {baseModelIdOf, type UnitPrice, unitPrice} from '../unit-price.js'
import type {CapacityDeleteResult} from './capacity-delete.schema.js'

/** What deleting comes to before anything is done. */
export type PlannedDelete = Omit<CapacityDeleteResult, 'schemaVersion' | 'simulated' | 'unread' | 'outcome'>

export interface DeleteFacts {
  readonly catalog: Pick<Catalog, 'model' | 'models'>
  readonly book: PriceBook
  readonly now: Date
  /** `$1,234.50`. */
  readonly money: (amount: number, currency: string) => string
}

/** Refuses what Bedrock would not delete, before it is asked: within a commitment, or while it changes. */
export function planDelete(found: OwnCapacity, facts: DeleteFacts): PlannedDelete {
  const {one} = found
  const isCustom = !one.modelArn.includes(':foundation-model/')
  const base = {kind: found.kind, name: one.name, arn: one.arn, region: one.region, modelArn: one.modelArn}
  const remains = isCustom ? [`the storage of ${one.modelArn}, until that is deleted too`] : []
  if (found.kind === 'deployment') {
    const {state, update} = found.one
    if (state === 'Creating' || update?.state === 'Updating') throw busy(one.name, update ? 'Updating' : state)
    return {...base, saves: null, remains}
  }
  const throughput = found.one
  const price = priceOf(throughput, facts)
  refuseCommitted(throughput, price, facts)
  if (throughput.state === 'Updating') throw busy(throughput.name, throughput.state)
  return {...base, saves: price ? {currency: price.currency, amount: toNumber(price.hourly)} : null, remains}
}

function priceOf(
  {commitment, foundationModelArn, modelUnits, region}: ProvisionedThroughput,
  {book, catalog}: DeleteFacts,
): UnitPrice | undefined {
  const baseModelId = baseModelIdOf(foundationModelArn, catalog)
  return baseModelId === undefined
    ? undefined
    : unitPrice({baseModelId, region, units: modelUnits, term: termOf(commitment)}, book)
}

function refuseCommitted(
  {commitmentEndsAt, name}: ProvisionedThroughput,
  price: UnitPrice | undefined,
  {money, now}: DeleteFacts,
): void {
  if (commitmentEndsAt === null || Date.parse(commitmentEndsAt) <= now.getTime()) return
  const until = commitmentEndsAt.slice(0, 10)
  const left = price && toNumber(costUntil(price.hourly, now, new Date(commitmentEndsAt)))
  throw new BedrockctlError('COMMITTED', `${name} cannot be deleted before ${until}.`, {
    fault: 'gate',
    why:
      left === undefined || price === undefined
        ? `Its commitment ends at ${commitmentEndsAt}; until then it is billed.`
        : `Its commitment ends at ${commitmentEndsAt}; until then it is billed: ${money(left, price.currency)} from now on.`,
    hint: 'Delete it when the term is over: it is billed until it is deleted, and AWS may renew the term.',
  })
}

function busy(name: string, state: string): BedrockctlError {
  return new BedrockctlError('CAPACITY_BUSY', `${name} is ${state} and cannot be deleted or changed now.`, {
    fault: 'service',
    hint: 'Wait until it is done, then run this again.',
  })
}

/** Deletes it; what somebody else deleted meanwhile is gone as well. */
export async function deleteCapacity(
  {arn, kind, region}: Pick<PlannedDelete, 'arn' | 'kind' | 'region'>,
  source: Pick<CapacitySource, 'removeProvisioned' | 'removeDeployment'>,
  signal: AbortSignal,
): Promise<'deleted' | 'already-deleted'> {
  const removed = await (kind === 'provisioned'
    ? source.removeProvisioned(region, arn, signal)
    : source.removeDeployment(region, arn, signal))
  return removed ? 'deleted' : 'already-deleted'
}

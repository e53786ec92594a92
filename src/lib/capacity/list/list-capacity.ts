import type {Catalog} from '../../catalog/catalog.js'
import {type Decimal, toNumber} from '../../core/decimal.js'
import {plural} from '../../core/text.js'
import type {ImportedModel} from '../../imports/ports.js'
import type {PriceBook} from '../../prices/price-book.js'
import type {CapacityRow} from '../capacity.schema.js'
import {termOf} from '../commitment.js'
import type {Deployment, ProvisionedThroughput} from '../ports.js'
import {baseModelIdOf, unitPrice} from '../unit-price.js'
import type {RegionCapacity} from './read-capacity.js'
import {usageOf} from './usage-of.js'

export interface ListFacts {
  readonly catalog: Pick<Catalog, 'model' | 'models'>
  readonly book: PriceBook
  /** What one copy of an imported model costs an hour; undefined where that is not known. */
  readonly copyHourly: (model: ImportedModel) => {readonly hourly: Decimal; readonly currency: string} | undefined
  /** Tokens a minute of one model unit; undefined: not known. */
  readonly unitTokens: number | undefined
  readonly idleAfterMs: number
  readonly nowMs: number
}

const STORED_IDLE_MS = 30 * 86_400_000

/** One row for each thing that serves or could: provisioned throughput, deployments, imported models. */
export function listCapacity(read: readonly RegionCapacity[], facts: ListFacts): readonly CapacityRow[] {
  return read.flatMap((region) => [
    ...region.provisioned.map((one) => provisionedRow(one, region, facts)),
    ...region.deployments.map((one) => deploymentRow(one, region, facts)),
    ...region.imported.map((one) => importedRow(one, region, facts)),
  ])
}

function provisionedRow(one: ProvisionedThroughput, region: RegionCapacity, facts: ListFacts): CapacityRow {
  const {commitmentEndsAt, modelUnits} = one
  const term = termOf(one.commitment)
  const usage = usageOf(one, region, facts.nowMs)
  const base = baseModelIdOf(one.foundationModelArn, facts.catalog)
  const price =
    base === undefined
      ? undefined
      : unitPrice({baseModelId: base, region: one.region, units: modelUnits, term}, facts.book)
  const isOver = commitmentEndsAt !== null && Date.parse(commitmentEndsAt) <= facts.nowMs
  const {load} = usage
  const served = facts.unitTokens === undefined ? undefined : facts.unitTokens * modelUnits
  return {
    ...{kind: 'provisioned', name: one.name, id: one.id, arn: one.arn, region: one.region},
    ...{state: one.state, message: one.message, modelArn: one.modelArn},
    desiredModelArn: one.desiredModelArn === one.modelArn ? null : one.desiredModelArn,
    baseModelId: base ?? null,
    units: modelUnits,
    ...usage,
    copies: null,
    commitment: term.name,
    commitmentEndsAt,
    createdAt: one.createdAt,
    hourly: price ? {currency: price.currency, amount: toNumber(price.hourly)} : null,
    billing: price
      ? `${plural(modelUnits, 'model unit')} by the hour until deleted (${price.source})${isOver ? '; the term is over: sources differ on whether it renews' : ''}`
      : 'model units by the hour until deleted; no price is known',
    utilisation: load && served ? {mean: load.mean / served, busiest: load.busiest / served} : null,
    ...idleOf(usage.calls, usage.lastCallAt, one.createdAt, facts),
  }
}

function deploymentRow(one: Deployment, region: RegionCapacity, facts: ListFacts): CapacityRow {
  const usage = usageOf(one, region, facts.nowMs)
  const {update} = one
  return {
    ...{kind: 'deployment', name: one.name, id: one.id, arn: one.arn, region: one.region},
    ...{state: one.state, message: one.message, modelArn: one.modelArn},
    desiredModelArn: update !== null && update.state === 'Updating' ? update.modelArn : null,
    ...{baseModelId: null, units: null, ...usage, copies: null, commitment: null, commitmentEndsAt: null},
    createdAt: one.createdAt,
    hourly: null,
    billing: 'by the token; its custom model is stored by the month',
    utilisation: null,
    ...idleOf(usage.calls, usage.lastCallAt, one.createdAt, facts),
  }
}

function importedRow(one: ImportedModel, region: RegionCapacity, facts: ListFacts): CapacityRow {
  const usage = usageOf(one, region, facts.nowMs)
  const price = facts.copyHourly(one)
  const copies = usage.copies
  const idle = idleOf(usage.calls, usage.lastCallAt, one.createdAt, {...facts, idleAfterMs: STORED_IDLE_MS})
  const loaded = copies !== null && copies > 0
  return {
    ...{kind: 'imported', name: one.name, id: one.id, arn: one.arn, region: one.region},
    ...{state: loaded ? 'Loaded' : copies === null ? 'Active' : 'Unloaded', message: null, modelArn: one.arn},
    ...{desiredModelArn: null, baseModelId: null, units: null, ...usage},
    ...{commitment: null, commitmentEndsAt: null, createdAt: one.createdAt},
    hourly: hourlyOfCopies(copies, price),
    billing: `${one.unitsPerCopy ?? '?'} Custom Model Units a copy, by 5 minutes while loaded; storage by the month`,
    utilisation: null,
    ...(loaded && usage.calls === 0 ? {idle: true, idleWhy: 'copies are loaded and nobody calls it'} : idle),
  }
}

function hourlyOfCopies(copies: number | null, price: ReturnType<ListFacts['copyHourly']>): CapacityRow['hourly'] {
  if (price === undefined || copies === null) return null
  return {currency: price.currency, amount: toNumber(price.hourly.times(copies))}
}

function idleOf(
  calls: number | null,
  lastCallAt: string | null,
  createdAt: string,
  {idleAfterMs, nowMs}: Pick<ListFacts, 'idleAfterMs' | 'nowMs'>,
): Pick<CapacityRow, 'idle' | 'idleWhy'> {
  if (calls === null) return {idle: null, idleWhy: 'its metrics were not read'}
  const since = nowMs - idleAfterMs
  if (lastCallAt !== null && Date.parse(lastCallAt) + 3_600_000 > since) return {idle: false, idleWhy: null}
  if (Date.parse(createdAt) > since) return {idle: false, idleWhy: 'it is new'}
  const days = Math.round((idleAfterMs / 86_400_000) * 10) / 10
  return {idle: true, idleWhy: `nobody has called it for ${days} days`}
}

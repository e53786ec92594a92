import {createHash} from 'node:crypto'
import {toNumber} from '../../core/decimal.js'
import {usageError} from '../../core/errors.js'
import {plural} from '../../core/text.js'
import type {PriceBook} from '../../prices/price-book.js'
import {costUntil, type Term, termEnd} from '../commitment.js'
import type {ProvisionedRequest, ProvisionedThroughput} from '../ports.js'
import {unitPrice} from '../unit-price.js'
import type {CapacityCreateResult} from './capacity-create.schema.js'
import type {BoughtModel} from './choose-model.js'

export interface CreateWords {
  readonly model: BoughtModel
  readonly region: string
  readonly units: number
  readonly term: Term
  /** Undefined: made of model, units and term. */
  readonly name: string | undefined
  readonly tags: Readonly<Record<string, string>>
}

export type CreateOffer = Pick<CapacityCreateResult, 'endsOn' | 'hourly' | 'committed'>

const NAME = /^(?:[0-9a-zA-Z][_-]?)+$/
const MOST_NAME = 63

/** The request as it is sent: the same words always make the same one, so that sending it twice buys once. */
export function createRequest({model, name, region, tags, term, units}: CreateWords): ProvisionedRequest {
  const chosen = name ?? derivedName(model, units, term)
  if (!NAME.test(chosen) || chosen.length > MOST_NAME) {
    throw usageError('NAME_INVALID', `--name ${chosen} is no name for provisioned throughput.`, {
      hint: 'Letters and digits, with single - or _ between them, at most 63 characters.',
    })
  }
  const asked = {name: chosen, modelId: model.modelId, modelUnits: units, commitment: term.api}
  const clientRequestToken = createHash('sha256')
    .update(JSON.stringify([region, asked, tags]))
    .digest('hex')
  return {...asked, clientRequestToken, ...(Object.keys(tags).length > 0 && {tags})}
}

/** `llama3-1-70b-instruct-2mu-6-month`. */
function derivedName({modelId}: BoughtModel, units: number, term: Term): string {
  const last = modelId.slice(Math.max(modelId.lastIndexOf('/'), modelId.indexOf('.')) + 1)
  const stem = last
    .replace(/-v\d+(:\d+)?(:\d+k)?$/, '')
    .replace(/[^0-9a-zA-Z]+/g, '-')
    .replace(/^-|-$/g, '')
  const end = `-${units}mu${term.api === null ? '' : `-${term.name}`}`
  return `${stem.slice(0, MOST_NAME - end.length).replace(/-$/, '')}${end}`
}

/** What it costs an hour, and for a whole term that cannot be left: from today, or of what was bought before. */
export function priceCreate(
  {model, region, term, units}: CreateWords,
  book: PriceBook,
  now: Date,
  existing?: Pick<ProvisionedThroughput, 'createdAt' | 'commitmentEndsAt'>,
): CreateOffer {
  const price = unitPrice({baseModelId: model.baseModelId, region, units, term}, book)
  const from = existing ? new Date(existing.createdAt) : new Date(`${now.toISOString().slice(0, 10)}T00:00:00Z`)
  const live = existing?.commitmentEndsAt ?? null
  const end = term.months === 0 ? null : live === null ? termEnd(from, term.months) : new Date(live)
  return {
    endsOn: end === null ? null : end.toISOString().slice(0, 10),
    hourly: price ? {currency: price.currency, amount: toNumber(price.hourly)} : null,
    committed: price && end ? {currency: price.currency, amount: toNumber(costUntil(price.hourly, from, end))} : null,
  }
}

/** What throughput of that name has that the request has not; nothing where it is the same. */
export function differences(
  one: ProvisionedThroughput,
  {commitment, modelId, modelUnits}: ProvisionedRequest,
): readonly string[] {
  const sameModel = one.modelArn === modelId || one.modelArn.endsWith(`/${modelId}`)
  return [
    ...(sameModel ? [] : [`its model is ${one.modelArn}`]),
    ...(one.modelUnits === modelUnits ? [] : [`it has ${plural(one.modelUnits, 'unit')}`]),
    ...(one.commitment === commitment ? [] : [`its commitment is ${one.commitment ?? 'none'}`]),
  ]
}

export function nameTaken(name: string, differing: readonly string[]) {
  return usageError('NAME_TAKEN', `There is other provisioned throughput called ${name}.`, {
    why: differing.join('\n'),
    hint: 'Give another --name; units and commitment of what is there cannot be changed.',
  })
}

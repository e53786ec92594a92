import type {CustomModelFacts} from '../../catalog/custom-models.schema.js'
import type {PriceBook} from '../../prices/price-book.js'
import type {CheckContext} from '../checks/check.js'
import {numberOf, textConfig} from '../checks/config-values.js'
import {unitCost} from '../unit-cost.js'
import type {UnitEstimate} from './import-check.schema.js'

/** Sizes of published models differ from their names by a few parts in a hundred. */
const NEAR = 0.05
const LONG_CONTEXT = 131_072
/** Weights in BF16 of the two models whose units are published, 8 and 70 thousand million parameters. */
const SMALL_BYTES = 17e9
const LARGE_BYTES = 160e9

type Units = Pick<UnitEstimate, 'units' | 'basis' | 'said' | 'version'>

/**
 * What a copy of the model takes and costs. Bedrock decides at the import, and only the units of two models are
 * published: of all else there is a range between them, which is an estimate of ours.
 */
export function estimateUnits(context: CheckContext, book: PriceBook): UnitEstimate | null {
  if (context.partial) return null
  const found = unitsOf(context)
  const {low = 1, high = 1} = found.units ?? {}
  const costOf = (unitsPerCopy: number | null) =>
    context.region === undefined || unitsPerCopy === null
      ? null
      : unitCost({region: context.region, unitsPerCopy, version: found.version}, book)
  const [least, most] = [costOf(low), costOf(high)]
  const cost = (what: UnitEstimate['costs'][number]['what'], of: 'perWindow' | 'perHour' | 'storagePerMonth') => ({
    what,
    low: least?.[of] ?? null,
    high: most?.[of] ?? null,
  })
  return {
    ...found,
    costs: [
      cost('window', 'perWindow'),
      cost('hour', 'perHour'),
      {what: 'idle', low: 0, high: 0},
      cost('storage-month', 'storagePerMonth'),
    ],
    perUnit: found.units === null,
    currency: least?.currency ?? 'USD',
    source: least?.source ?? null,
    asOf: least?.asOf ?? null,
  }
}

function unitsOf({architecture, config = {}, facts, tensors}: CheckContext): Units {
  if (architecture?.modelType === 'gpt_oss') {
    return {units: null, basis: 'unknown', version: 'v2.0', said: 'no units of GPT-OSS are published'}
  }
  const version = 'v1.0'
  const parameters = tensors.reduce((sum, {elements}) => sum + elements, 0)
  const positions = numberOf(textConfig(config), 'max_position_embeddings') ?? 0
  const published = publishedUnits(parameters, facts)
  if (published && architecture?.modelType === 'llama' && positions >= LONG_CONTEXT) {
    const {model, unitsPerCopy} = published
    return {
      units: {low: unitsPerCopy, high: unitsPerCopy},
      basis: 'published',
      version,
      said: `as AWS publishes it of ${model}`,
    }
  }
  const said = 'estimated from the size of the weights, by the two models whose units are published'
  return {
    units: rangeOf(tensors.reduce((sum, tensor) => sum + (tensor.type === 'F32' ? tensor.bytes / 2 : tensor.bytes), 0)),
    basis: 'estimated',
    version,
    said,
  }
}

function publishedUnits(parameters: number, {units}: CustomModelFacts['imports']) {
  return units.find((one) => Math.abs(parameters - one.parameters) / one.parameters <= NEAR)
}

function rangeOf(bytes: number): {readonly low: number; readonly high: number | null} {
  if (bytes <= SMALL_BYTES) return {low: 1, high: 2}
  return bytes <= LARGE_BYTES ? {low: 2, high: 8} : {low: 8, high: null}
}

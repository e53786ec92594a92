import type {Catalog} from '../../catalog/catalog.js'
import {findModel} from '../../catalog/model-lookup.js'
import {parseArn} from '../../core/arn.js'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import {sanitise} from '../../core/text.js'
import type {ServableModel} from '../update/plan-update.js'

/** What units are bought for. */
export interface BoughtModel {
  /** As Create takes it. */
  readonly modelId: string
  readonly baseModelId: string
  readonly isCustom: boolean
  /** LEGACY and the like. */
  readonly lifecycle: string
}

/** A base model as it is sold in a Region; undefined where the text names none: then it may be one's own. */
export function chooseBase(
  text: string,
  region: string,
  catalog: Pick<Catalog, 'model' | 'models' | 'profile'>,
): BoughtModel | undefined {
  const arn = parseArn(text)
  const wanted = arn ? arn.resource.replace(/^foundation-model\//, '') : text
  const profile = catalog.profile(wanted)
  if (profile) throw refused(text, 'Inference profiles cannot be provisioned.', profile.model.id)
  const exact = catalog.models.find(({provisioned}) => provisioned.some(({id}) => id === wanted))
  const model = exact ?? findModel(catalog, wanted)?.model
  if (model === undefined) return undefined
  const here = model.provisioned.filter(({regions}) => regions.includes(region)).map(({id}) => id)
  const [only] = here
  const chosen = here.includes(wanted) ? wanted : here.length === 1 ? only : undefined
  if (chosen === undefined) throw notSold(text, region, model.provisioned, here)
  return {modelId: chosen, baseModelId: model.id, isCustom: false, lifecycle: model.lifecycle.status}
}

/** A custom model whose base is sold in the Region. */
export function chooseCustom(
  own: ServableModel,
  baseModelId: string | undefined,
  region: string,
  catalog: Pick<Catalog, 'model'>,
): BoughtModel {
  if (own.state !== null && own.state !== 'Active') {
    throw usageError('MODEL_NOT_ACTIVE', `${own.name} is ${own.state}.`, {
      hint: 'Wait until it is Active, then run this again.',
    })
  }
  const base = baseModelId === undefined ? undefined : catalog.model(baseModelId)
  if (base === undefined) {
    throw usageError('BASE_UNKNOWN', `What ${own.name} was made of is not known.`, {
      why: own.baseModelArn === null ? undefined : `Its base is ${own.baseModelArn}.`,
      hint: 'Throughput is sold for models of a known base only.',
    })
  }
  if (!base.provisioned.some(({regions}) => regions.includes(region)))
    throw notSold(own.name, region, base.provisioned, [])
  return {modelId: own.arn, baseModelId: base.id, isCustom: true, lifecycle: base.lifecycle.status}
}

/** Neither a base model nor one of the account. */
export function unknownModel(text: string, region: string, catalog: Pick<Catalog, 'models'>) {
  const sold = catalog.models.flatMap(({provisioned}) =>
    provisioned.filter(({regions}) => regions.includes(region)).map(({id}) => id),
  )
  return usageError('MODEL_UNKNOWN', `No model that could be provisioned is called "${sanitise(text)}".`, {
    why: sold.length === 0 ? `None is sold in ${region}.` : `Base models in ${region}: ${sold.join(', ')}.`,
    hint: didYouMean(text, sold) ?? 'Name one of those, or a custom model of the account.',
  })
}

type Provisioned = readonly {readonly id: string; readonly regions: readonly string[]}[]

function notSold(text: string, region: string, all: Provisioned, here: readonly string[]) {
  const elsewhere = [...new Set(all.flatMap(({regions}) => regions))].sort()
  return usageError('NOT_PROVISIONED_THERE', `"${sanitise(text)}" is not what is sold in ${region}.`, {
    why:
      here.length > 0
        ? `It is sold there as ${here.join(', ')}: the number says the context.`
        : elsewhere.length > 0
          ? `Provisioned throughput of it is sold in ${elsewhere.join(', ')}.`
          : 'Provisioned throughput of it is not sold as far as is known.',
    hint: here.length > 0 ? 'Name one of these.' : 'Reserved tokens and batch are other ways: bedrockctl cost compare.',
  })
}

function refused(text: string, why: string, base: string) {
  return usageError('NOT_PROVISIONED_THERE', `"${sanitise(text)}" cannot be provisioned.`, {
    why,
    hint: `Name the base model: ${base}`,
  })
}

import {classifyQuota} from '../../account/quotas/classify-quota.js'
import {quotaModels} from '../../account/quotas/quota-models.js'
import type {Catalog} from '../../catalog/catalog.js'
import type {Quota} from '../../refresh/ports.js'
import type {Term} from '../commitment.js'
import type {ProvisionedThroughput} from '../ports.js'
import type {CreateCheck} from './capacity-create.schema.js'
import type {BoughtModel} from './choose-model.js'

export interface CreateGrounds {
  readonly model: BoughtModel
  readonly units: number
  readonly term: Term
  readonly region: string
  /** Why they were not read, where they were not. */
  readonly quotas: readonly Quota[] | string
  readonly existing: readonly ProvisionedThroughput[] | string
  readonly catalog: Pick<Catalog, 'models'>
}

/** Account-wide units without a commitment, by what they serve (General Reference, 2026). */
const ALL_UNITS = {base: 'L-FE44174A', custom: 'L-BE77399C'} as const
const COMMITTED_ONLY = /^amazon\.titan-image-generator/

/** What would make Bedrock refuse it, as far as that can be told before it is asked. */
export function judgeCreate(grounds: CreateGrounds): readonly CreateCheck[] {
  return [judgeModel(grounds), judgeTerm(grounds), ...judgeUnits(grounds)]
}

function judgeModel({model}: CreateGrounds): CreateCheck {
  const {lifecycle, modelId} = model
  if (lifecycle === 'ACTIVE' || lifecycle === 'PREVIEW') return ok('model', `${modelId} is sold there`)
  if (lifecycle === 'UNLISTED') return unknown('model', `whether ${modelId} is still sold is not known`, null)
  return blocker(
    'model',
    `${modelId} is ${lifecycle}: no new throughput is sold for it`,
    'Choose a model that is ACTIVE: bedrockctl models lifecycle',
  )
}

function judgeTerm({model, region, term}: CreateGrounds): CreateCheck {
  if (term.api === null && !model.isCustom && COMMITTED_ONLY.test(model.baseModelId)) {
    return blocker(
      'commitment',
      `${model.modelId} is sold with a commitment alone`,
      'Give --commitment 1-month or 6-month',
    )
  }
  if (region === 'us-gov-west-1' && (!model.isCustom || term.api !== null)) {
    return blocker(
      'commitment',
      `in ${region} custom models without a commitment alone are provisioned`,
      'Choose another Region, or --commitment none',
    )
  }
  return ok('commitment', term.api === null ? 'none: it can be deleted at any time' : `${term.name} is sold`)
}

function judgeUnits({catalog, existing, model, quotas, term, units}: CreateGrounds): readonly CreateCheck[] {
  if (term.api !== null) {
    return [
      unknown(
        'units',
        'no API tells how many units may be bought with a commitment; it is none unless AWS was asked',
        'Ask AWS for them in a support case',
      ),
    ]
  }
  if (typeof quotas === 'string') return [unknown('units', `the quotas were not read: ${quotas}`, null)]
  const kind = model.isCustom ? 'custom' : 'base'
  const all = quotas.find(({code}) => code === ALL_UNITS[kind])
  const used =
    typeof existing === 'string'
      ? undefined
      : existing
          .filter((one) => one.commitment === null && (one.modelArn === one.foundationModelArn) === (kind === 'base'))
          .reduce((sum, one) => sum + one.modelUnits, 0)
  const modelOf = quotaModels(catalog)
  const own = quotas.find(({name}) => {
    const classed = classifyQuota(name)
    return (
      /^model units per provisioned model for /i.test(name) &&
      classed.model !== null &&
      modelOf(classed.model) === model.baseModelId
    )
  })
  return [
    all?.value === undefined || all.value === null
      ? unknown('units', `the quota of units across ${kind} models is not listed`, null)
      : used === undefined
        ? unknown('units', `${all.value} units are allowed; how many are in use was not read`, null)
        : judged('units', all, used, units, `units without a commitment across ${kind} models`),
    ...(own?.value === undefined || own.value === null
      ? []
      : [judged('units-of-model', own, 0, units, 'units of one provisioned model')]),
  ]
}

function judged(id: CreateCheck['id'], {code, value}: Quota, used: number, units: number, what: string): CreateCheck {
  const most = value ?? 0
  const inUse = used === 0 ? '' : `, ${used} in use`
  const said = `${most} ${what} are allowed${inUse}; ${units} ${units === 1 ? 'is' : 'are'} wanted (${code})`
  return used + units <= most ? ok(id, said) : blocker(id, said, `Ask for more in Service Quotas: ${code}`)
}

function ok(id: CreateCheck['id'], said: string): CreateCheck {
  return {id, verdict: 'ok', said, fix: null}
}

function blocker(id: CreateCheck['id'], said: string, fix: string): CreateCheck {
  return {id, verdict: 'blocker', said, fix}
}

function unknown(id: CreateCheck['id'], said: string, fix: string | null): CreateCheck {
  return {id, verdict: 'unknown', said, fix}
}

import type {Gate} from '../../core/answer.schema.js'
import {inSentence} from '../../routing/geography.js'
import {formatRequirement, type Requirement} from '../../routing/requirement.js'
import {judgeAccount} from '../access/account-verdict.js'
import type {RegionOffer} from '../offers/offer.js'
import {nearestAlternative, recommend} from '../routes/alternatives.js'
import type {AvailabilityFacts} from '../routes/facts.js'
import {isOnDemand, judgeMeets} from '../routes/holds.js'
import {pricePremium} from '../routes/price-premium.js'
import {judgeRoutes} from '../routes/route-verdicts.js'
import type {AvailabilityCell, AvailabilityResult, ModelAvailability} from './availability.schema.js'

export interface AvailabilityInput {
  /** Bare ids, already resolved. */
  readonly modelIds: readonly string[]
  /** Source Regions of the matrix. */
  readonly regions: readonly string[]
  /** Regions named by --from; empty for the whole matrix. */
  readonly from: readonly string[]
  readonly requirement: Requirement | undefined
  /** True when the caller named the Regions: then the requirement must hold from each, else from one of them. */
  readonly everyRegion: boolean
}

/** The model × Region × routing-mode picture, and whether it meets a requirement. Pure. */
export function judgeAvailability(input: AvailabilityInput, facts: AvailabilityFacts): AvailabilityResult {
  const models = input.modelIds.map((id) => judgeModel(id, input, facts))
  const gate = input.requirement && judgeGate(models, input.requirement, input.everyRegion)
  return {
    schemaVersion: 1,
    simulated: facts.simulated,
    unread: facts.unread,
    from: input.from,
    regions: input.regions,
    models,
    ...(gate ? {gate} : {}),
  }
}

function judgeModel(id: string, input: AvailabilityInput, facts: AvailabilityFacts): ModelAvailability {
  const {catalog, offers} = facts
  const known = catalog.model(id)
  const offered = offers.flatMap(({models}) => models).find((model) => model.id === id)
  const cells = input.regions.map((region) => judgeCell(id, region, input.requirement, facts))
  const asked = input.from.length > 0
  const held = cells.some(({answer, meets}) => (meets ?? {answer}).answer === 'yes')
  const [first] = cells
  const recommendation = asked && first ? recommend(id, first, input.requirement, catalog) : null
  return {
    id,
    name: known?.name ?? offered?.name ?? null,
    provider: known?.provider ?? offered?.provider ?? null,
    lifecycle: {
      status: liveStatus(id, offers) ?? known?.lifecycle.status ?? offered?.lifecycle.status ?? 'UNKNOWN',
      endOfLife: offered?.lifecycle.endOfLife ?? known?.lifecycle.endOfLife ?? null,
    },
    cells,
    recommendation,
    premium:
      recommendation && first ? pricePremium(id, first.region, recommendation.mode, first.routes, facts.prices) : null,
    nearest:
      !held && first && (asked || input.requirement)
        ? nearestAlternative(id, first.region, input.requirement, facts)
        : null,
  }
}

/** The status the service gave; the bundle's own word carries PREVIEW, EOL and UNLISTED, which no service says. */
function liveStatus(id: string, offers: readonly RegionOffer[]): string | undefined {
  const live = offers
    .filter(({origin}) => origin.kind !== 'bundle')
    .flatMap(({models}) => models.filter((model) => model.id === id))
  return live.find(({lifecycle}) => lifecycle.status !== 'ACTIVE')?.lifecycle.status ?? live[0]?.lifecycle.status
}

function judgeCell(
  modelId: string,
  region: string,
  requirement: Requirement | undefined,
  facts: AvailabilityFacts,
): AvailabilityCell {
  const {catalog, offers, unread, isEnabled, accountOf} = facts
  const offer = offers.find((candidate) => candidate.region === region)
  const disabled = isEnabled?.(region) === false
  const unreadReason = disabled
    ? 'the account has not enabled this Region'
    : unread.find((entry) => entry.region === region)?.reason
  const routes = judgeRoutes({modelId, catalog, offer, region, unreadReason, isEnabled})
  const accountFacts = accountOf?.(region, modelId)
  const offered = routes.filter(isOnDemand)
  const account = accountFacts
    ? judgeAccount(
        {id: modelId, provider: catalog.model(modelId)?.provider ?? null, catalog: catalog.model(modelId)},
        accountFacts,
      )
    : null
  return {
    region,
    answer: joint(
      offered.map(({answer}) => answer),
      account?.answer,
    ),
    routes,
    account,
    meets: requirement ? judgeMeets(routes, account, requirement) : null,
    origin: offer?.origin ?? null,
  }
}

/** yes when a route works and the account may use it; no when either fails; else unknown. */
function joint(
  routes: readonly ('yes' | 'no' | 'unknown')[],
  account: 'yes' | 'no' | 'unknown' | undefined,
): 'yes' | 'no' | 'unknown' {
  const route = routes.includes('yes') ? 'yes' : routes.includes('unknown') ? 'unknown' : 'no'
  if (route === 'no' || account === 'no') return 'no'
  return route === 'unknown' || account === 'unknown' ? 'unknown' : 'yes'
}

function judgeGate(models: readonly ModelAvailability[], requirement: Requirement, everyRegion: boolean): Gate {
  const failures = models.flatMap(({id, cells}) => {
    const failing = cells.filter(({meets}) => meets?.answer !== 'yes')
    const fails = everyRegion ? failing.length > 0 : failing.length === cells.length
    return fails ? [`${id} ${cannot(requirement)}`] : []
  })
  return {requirement: formatRequirement(requirement), passed: failures.length === 0, failures}
}

function cannot(requirement: Requirement): string {
  switch (requirement.kind) {
    case 'in-region':
      return 'cannot be called In-Region'
    case 'geo':
      return `cannot stay in ${inSentence(requirement)}`
    case 'within':
      return `cannot stay within ${requirement.regions.join(', ')}`
    case 'global':
      return 'has no Global profile to call'
  }
}

import type {Catalog} from '../../catalog/catalog.js'
import {buildHostedZones} from './build-hosted-zones.js'
import {buildIam} from './build-iam.js'
import {isMarketplaceModel} from './marketplace.js'
import {misfit} from './misfit.js'
import type {AccountResources} from './resources.js'
import type {ScenarioAccount, ScenarioRegion} from './scenario.schema.js'
import {fillIn} from './scenario-regions.js'
import type {AccountState, Agreement, RegionChange} from './state.js'

// What an account of a scenario that submitted the use-case form wrote into it.
const FORM = {
  companyName: 'Example Corp',
  companyWebsite: 'https://example.com',
  intendedUsers: '0',
  industryOption: 'Software',
  otherIndustryOption: '',
  useCases: 'Trying out a command line tool against a simulated account.',
}

function useCaseForm(): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(FORM))
}

/** What the scenario says about an account, as the state the services change. */
export function buildAccount(
  scenario: ScenarioAccount,
  {catalog, now, regions}: {readonly catalog: Catalog; readonly now: number; readonly regions: ScenarioRegions},
): AccountState {
  const partition = scenario.partition ?? 'aws'
  return {
    id: scenario.id,
    name: scenario.name,
    partition,
    createdAt: Date.parse(scenario.createdOn),
    iam: buildIam(scenario, now),
    hostedZones: buildHostedZones(scenario),
    resources: resources(scenario, regions, now),
    denials: (scenario.deny ?? []).map(({action, regions, principals}) => ({action, regions, principals})),
    regionChanges: new Map(regionChanges(scenario, catalog)),
    agreements: agreements(scenario, catalog),
    withheldModels: withheldModels(scenario, catalog),
    useCaseForms: new Map(scenario.access?.useCaseForm === true ? [['default', useCaseForm()]] : []),
    quotas: new Map(Object.entries(scenario.quotas ?? {})),
    billed: new Map(),
  }
}

type ScenarioRegions = ReadonlyMap<string, ScenarioRegion>

function resources({id, cost = {}, partition = 'aws'}: ScenarioAccount, regions: ScenarioRegions, now: number) {
  const byRegion = [...regions].map(([name, region]) => [name, {...region, startedAt: now}] as const)
  const built: AccountResources = {
    byRegion: new Map(byRegion),
    cost: fillIn(cost, {account: id, partition, region: 'us-east-1'}),
    startedAt: now,
  }
  return built
}

function* regionChanges(scenario: ScenarioAccount, catalog: Catalog): Generator<[string, RegionChange]> {
  for (const name of scenario.optInRegions ?? []) {
    if (catalog.region(name)?.optIn !== true) {
      throw misfit(`accounts[${scenario.id}].optInRegions`, `${name} is no opt-in Region of the catalog`)
    }
    yield [name, {to: 'enabled', completesAt: Number.NEGATIVE_INFINITY}]
  }
}

function withheldModels({id, access = {}}: ScenarioAccount, catalog: Catalog): ReadonlySet<string> {
  const named = [...Object.keys(access.exceptions ?? {}), ...(access.entitled ?? []), ...(access.withheld ?? [])]
  for (const model of named) {
    if (!catalog.model(model)) throw misfit(`accounts[${id}].access`, `the catalog has no model ${model}`)
  }
  const gated = catalog.models.filter((model) => model.gated && !access.entitled?.includes(model.id))
  return new Set([...gated.map((model) => model.id), ...(access.withheld ?? [])])
}

function agreements(scenario: ScenarioAccount, catalog: Catalog): Map<string, Agreement> {
  const {agreements: rule = 'none', exceptions = {}} = scenario.access ?? {}
  const withheld = withheldModels(scenario, catalog)
  const made = new Map<string, Agreement>()
  for (const model of catalog.models) {
    const state = exceptions[model.id] ?? rule
    if (state === 'none' || withheld.has(model.id) || !isMarketplaceModel(model)) continue
    const availableAt = state === 'pending' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    made.set(model.id, {modelId: model.id, availableAt})
  }
  return made
}

import {randomBytes} from 'node:crypto'
import type {Catalog} from '../../catalog/catalog.js'
import {buildTraffic} from '../traffic/build-traffic.js'
import type {Credential, TemporaryCredential, World} from '../world.js'
import {buildAccount} from './build-account.js'
import {buildOrganization} from './build-organization.js'
import {buildRegion, emptyRegion} from './build-region.js'
import {addCopiedModels} from './copied-models.js'
import {denialMessage} from './denials.js'
import {loadScenario, loadTraffic} from './load-scenario.js'
import {misfit} from './misfit.js'
import {buildObjectStore, type ScenarioBuckets} from './objects/build-object-store.js'
import {regionState} from './opt-in.js'
import {controlsOf} from './organization-controls.js'
import {randomId, seededRandom} from './random.js'
import type {Scenario, ScenarioRegion} from './scenario.schema.js'
import {scenarioRegions} from './scenario-regions.js'
import type {AccountState, RegionalState} from './state.js'

export interface WorldInput {
  /** Name of a bundled scenario, or the path of a JSON file. */
  readonly scenario: string
  readonly seed: number
  /** `none`, or whose traffic in place of the scenario's own: the name of one that has some, or the path of a file. */
  readonly traffic?: string | undefined
  /** Milliseconds on the sandbox's clock. */
  now(): number
}

export async function loadWorld({scenario: wanted, seed, traffic: choice, now}: WorldInput): Promise<World> {
  const [{name, scenario}, catalog] = await Promise.all([loadScenario(wanted), bundle()])
  const traffic = choice === undefined ? scenario.traffic : await loadTraffic(choice)
  const world = createWorld({name, scenario, seed, now, catalog})
  return traffic ? {...world, traffic: await buildTraffic(world, traffic)} : world
}

let opened: Promise<Catalog> | undefined

/** One for all worlds of a process: Price Lists are built once for a catalog. */
function bundle(): Promise<Catalog> {
  opened ??= import('../../catalog/open-catalog.js').then(({openCatalog}) => openCatalog())
  return opened
}

export interface WorldParts {
  readonly name: string
  readonly scenario: Scenario
  readonly seed: number
  readonly catalog: Catalog
  now(): number
}

interface Identity extends Credential {
  readonly principal: string
}

/** A world in memory; each call makes one of its own. */
export function createWorld({name, scenario, seed, catalog, now}: WorldParts): World {
  const random = seededRandom(seed)
  const scenarioOf = new Map(scenario.accounts.map((account) => [account.id, scenarioRegions(account, catalog)]))
  const organization = buildOrganization(scenario, now())
  const accounts = new Map(
    scenario.accounts.map((account) => {
      const own = scenarioOf.get(account.id) ?? new Map<string, ScenarioRegion>()
      const built = buildAccount(account, {catalog, now: now(), regions: own})
      return [account.id, {...built, iam: {...built.iam, controls: controlsOf(organization, account.id)}}]
    }),
  )
  if (accounts.size < scenario.accounts.length) throw misfit('accounts', 'two accounts have the same id')
  const identities = longTermKeys(scenario)
  const bearers = new Map(scenario.accounts.map(({id, bearerToken}) => [bearerToken, {account: id}]))
  const regions = buildRegions(scenarioOf, catalog, now())

  const account = (id: string): AccountState => {
    const found = accounts.get(id)
    if (!found) throw new Error(`the scenario has no account ${id}`)
    return found
  }
  const principal = (id: string, accessKeyId: string | undefined): string =>
    identities.get(accessKeyId ?? '')?.principal ?? `arn:${account(id).partition}:iam::${id}:root`

  return {
    scenario: name,
    description: scenario.description,
    catalog,
    faults: scenario.faults ?? [],
    pace: scenario.pace ?? [],
    accounts,
    traffic: new Map(),
    objects: buildObjectStore(scenarioBuckets(scenarioOf), now),
    organization,
    login: login(scenario),
    account,
    principal,
    seed,
    now,
    credentials: (accessKeyId) => identities.get(accessKeyId),
    bearer: (token) => bearers.get(token),
    regionState: (id, region) => regionState(catalog, account(id), region, now()),
    authorise: (request) =>
      denialMessage(account(request.account), principal(request.account, request.accessKeyId), request),
    regional(id, region): RegionalState {
      const key = `${id}/${region}`
      const known = regions.get(key) ?? emptyRegion({account: id, region, now: now()})
      regions.set(key, known)
      return known
    },
    issue(id, as, expiresAt): TemporaryCredential {
      const accessKeyId = `ASIA${randomId(random, 16).toUpperCase()}`
      const secretAccessKey = randomBytes(30).toString('base64')
      const sessionToken = randomBytes(96).toString('base64')
      identities.set(accessKeyId, {account: id, principal: as, secretAccessKey, sessionToken, expiresAt})
      return {accessKeyId, secretAccessKey, sessionToken, expiresAt}
    },
    newId: (length) => randomId(random, length),
  }
}

function login({accounts: [first], region = 'us-east-1'}: Scenario): World['login'] {
  const key = first?.keys[0]
  if (!first || !key) throw misfit('accounts', 'the first account has no key to sign in with')
  const {accessKeyId, secretAccessKey} = key
  return {region, accessKeyId, secretAccessKey, bearerToken: first.bearerToken}
}

function longTermKeys({accounts}: Scenario): Map<string, Identity> {
  const identities = new Map<string, Identity>()
  for (const {id, keys, iam, partition = 'aws'} of accounts) {
    for (const {accessKeyId, secretAccessKey, user} of keys) {
      if (identities.has(accessKeyId)) throw misfit(`accounts[${id}].keys`, `${accessKeyId} is there twice`)
      const path = iam?.users?.find(({name}) => name === user)?.path ?? '/'
      const principal = `arn:${partition}:iam::${id}:user${path}${user}`
      identities.set(accessKeyId, {account: id, secretAccessKey, principal})
    }
  }
  return identities
}

type Scenarios = ReadonlyMap<string, ReadonlyMap<string, ScenarioRegion>>

function* scenarioBuckets(accounts: Scenarios): Generator<ScenarioBuckets> {
  for (const [account, regions] of accounts) {
    for (const [region, {buckets = []}] of regions) yield {account, region, buckets}
  }
}

function buildRegions(accounts: Scenarios, catalog: Catalog, now: number): Map<string, RegionalState> {
  const regions = new Map<string, RegionalState>()
  for (const [account, own] of accounts) {
    for (const [region, scenario] of own) {
      regions.set(`${account}/${region}`, buildRegion(scenario, {catalog, account, region, now}))
    }
    // A copy may be of a model of any Region: all of them are there by now.
    const sourceIn = (region: string) => regions.get(`${account}/${region}`)
    for (const [region, {copyJobs = []}] of own) {
      const state = sourceIn(region)
      if (state) addCopiedModels(state, copyJobs, {sourceIn, now})
    }
  }
  return regions
}

import type {Catalog} from '../../catalog/catalog.js'
import {misfit} from './misfit.js'
import {partitionOf} from './offering.js'
import type {ScenarioAccount, ScenarioRegion} from './scenario.schema.js'

/**
 * What a scenario says of each Region of an account: lists of every Region and of the Region itself joined, other
 * parts the Region's own first, and `${region}`, `${account}` and `${partition}` filled in.
 */
export function scenarioRegions(account: ScenarioAccount, catalog: Catalog): Map<string, ScenarioRegion> {
  const {id, partition = 'aws', everyRegion = {}, regions: own = {}} = account
  for (const name of Object.keys(own)) {
    if (partitionOf(catalog, name) !== partition || !catalog.region(name)) {
      throw misfit(`accounts[${id}].regions`, `${name} is no Region of the partition ${partition}`)
    }
  }
  const found = new Map<string, ScenarioRegion>()
  for (const region of catalog.regions) {
    const merged = merge(everyRegion, own[region.name] ?? {})
    if (region.partition !== partition || Object.keys(merged).length === 0) continue
    found.set(region.name, fillIn(merged, {region: region.name, account: id, partition}))
  }
  return found
}

function merge(every: ScenarioRegion, own: ScenarioRegion): ScenarioRegion {
  const joined = Object.entries(own).map(([key, value]: [string, unknown]) => {
    const common: unknown = every[key as keyof ScenarioRegion]
    return [key, Array.isArray(common) && Array.isArray(value) ? [...common, ...value] : value]
  })
  return {...every, ...Object.fromEntries(joined)}
}

type Place = Readonly<Record<'region' | 'account' | 'partition', string>>

const PLACEHOLDER = /\$\{(region|account|partition)\}/g

/** The same data with the names of the place in its texts. IAM's own variables have a colon and stay. */
export function fillIn<Part>(part: Part, place: Place): Part {
  return fill(part, place) as Part
}

function fill(part: unknown, place: Place): unknown {
  if (typeof part === 'string') return part.replaceAll(PLACEHOLDER, (_, name: keyof Place) => place[name])
  if (Array.isArray(part)) return part.map((item) => fill(item, place))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [fill(key, place), fill(value, place)]))
}

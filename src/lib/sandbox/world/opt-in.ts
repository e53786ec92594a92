import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogRegion} from '../../catalog/catalog.schema.js'
import type {RegionState} from '../world.js'
import type {AccountState} from './state.js'

/** As the Account API names them. */
export type OptStatus = 'ENABLED' | 'ENABLING' | 'DISABLING' | 'DISABLED' | 'ENABLED_BY_DEFAULT'

/** Regions of the account's partition, by name. */
export function regionsOf(catalog: Catalog, account: AccountState): readonly CatalogRegion[] {
  return catalog.regions.filter(({partition}) => partition === account.partition)
}

export function optStatus(account: AccountState, region: CatalogRegion, now: number): OptStatus {
  if (region.optIn !== true) return 'ENABLED_BY_DEFAULT'
  const change = account.regionChanges.get(region.name)
  if (!change) return 'DISABLED'
  if (change.to === 'enabled') return change.completesAt <= now ? 'ENABLED' : 'ENABLING'
  return change.completesAt <= now ? 'DISABLED' : 'DISABLING'
}

/** What a call into the Region meets. Keys of one partition are unknown in another, as on AWS. */
export function regionState(catalog: Catalog, account: AccountState, name: string, now: number): RegionState {
  const region = catalog.region(name)
  if (!region) return 'unknown'
  if (region.partition !== account.partition) return 'not-enabled'
  const status = optStatus(account, region, now)
  return status === 'ENABLED' || status === 'ENABLED_BY_DEFAULT' ? 'enabled' : 'not-enabled'
}

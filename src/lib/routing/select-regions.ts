import type {Catalog} from '../catalog/catalog.js'
import {usageError} from '../core/errors.js'
import {assertRegions} from './requirement.js'

export interface RegionChoice {
  /** As asked for: names, or `all`. */
  readonly asked: readonly string[]
  /** Region of the profile or the environment. */
  readonly configured: string | undefined
  /** What to take when nothing was asked for. */
  readonly otherwise: 'all' | 'configured'
}

/** Region names to work on, known to have Bedrock; `all` is every such Region of the caller's partition. */
export function selectRegions({asked, configured, otherwise}: RegionChoice, catalog: Catalog): readonly string[] {
  const wanted = asked.length > 0 ? asked : otherwise === 'all' ? ['all'] : configured === undefined ? [] : [configured]
  if (wanted.length === 0) {
    throw usageError('REGION_MISSING', 'No Region is configured.', {
      why: 'Neither --region nor AWS_REGION nor the AWS profile names one.',
      hint: 'Add --region eu-central-1, or --region all.',
    })
  }
  if (!wanted.includes('all')) {
    assertRegions(wanted, catalog)
    return wanted
  }
  const partition = catalog.region(configured ?? '')?.partition ?? 'aws'
  return catalog.regions
    .filter((region) => region.partition === partition && region.endpoints.includes('bedrock'))
    .map(({name}) => name)
}

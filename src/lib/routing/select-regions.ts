import type {Catalog} from '../catalog/catalog.js'
import {parseArn} from '../core/arn.js'
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

export interface SourceRegionChoice {
  /** What is called; an ARN names its Region. */
  readonly model: string
  /** Text of --from. */
  readonly from: string | undefined
  /** Regions of --region. */
  readonly asked: readonly string[]
  readonly configured: string | undefined
}

/** The one Region a call is sent from: --from, else the Region of the ARN, else --region, else the configured one. */
export function sourceRegion({model, from, asked, configured}: SourceRegionChoice, catalog: Catalog): string {
  const home = parseArn(model)?.region
  const named = from ?? (home === undefined || home === '' ? asked[0] : home)
  if (named === 'all')
    throw usageError('ONE_REGION', 'A request is sent from one Region.', {hint: 'Name it: --from eu-central-1'})
  const [region = ''] = selectRegions(
    {asked: named === undefined ? [] : [named], configured, otherwise: 'configured'},
    catalog,
  )
  return region
}

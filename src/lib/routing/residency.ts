import type {Catalog} from '../catalog/catalog.js'
import type {Requirement} from './requirement.js'
import type {ResidencyVerdict} from './routes-trace.schema.js'

/** Where one route sends a request: the Region called and every Region that may process. */
export interface Reach {
  readonly from: string
  readonly kind: 'in-region' | 'geo' | 'global' | 'mantle'
  /** Null when not known, and for Global: any Region of the partition. */
  readonly destinations: readonly string[] | null
}

/**
 * Whether a request and what it leaves behind stay within these Regions. The Region called counts: logs and data at
 * rest stay there. Destinations that are not known never count as staying.
 */
export function staysWithin(reach: Reach, regions: readonly string[]): 'yes' | 'no' | 'unknown' {
  if (!regions.includes(reach.from) || reach.kind === 'global') return 'no'
  if (reach.destinations === null) return 'unknown'
  return reach.destinations.every((name) => regions.includes(name)) ? 'yes' : 'no'
}

/** The verdict for every geography of the catalog. */
export function judgeResidency(reach: Reach, catalog: Catalog): readonly ResidencyVerdict[] {
  return catalog.geographies.map(({id, name, regions}) => {
    const stays = staysWithin(reach, regions)
    const touched = [...new Set([reach.from, ...(reach.destinations ?? [])])]
    return {
      geography: id,
      name,
      verdict: stays === 'yes' ? 'stays' : stays === 'no' ? 'leaves' : 'unknown',
      outside: reach.destinations === null ? null : touched.filter((region) => !regions.includes(region)),
    }
  })
}

/** Whether the route meets what --residency asks. */
export function meetsResidency(reach: Reach, requirement: Requirement): 'yes' | 'no' | 'unknown' {
  switch (requirement.kind) {
    case 'in-region':
      return staysWithin(reach, [reach.from])
    case 'geo':
    case 'within':
      return staysWithin(reach, requirement.regions)
    case 'global':
      return reach.kind === 'global' ? 'yes' : 'no'
  }
}

/** Whether the route may process a request in this Region. Global: any Region of the caller's partition. */
export function mayReach(reach: Reach, region: string, catalog: Catalog): 'yes' | 'no' | 'unknown' {
  if (reach.kind === 'global') {
    const [home, there] = [reach.from, region].map((name) => catalog.region(name)?.partition)
    return home === there ? 'yes' : 'no'
  }
  if (reach.destinations === null) return 'unknown'
  return reach.destinations.includes(region) ? 'yes' : 'no'
}

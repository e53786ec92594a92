import type {CatalogModel} from './catalog.schema.js'

/** EXTENDED_ACCESS: legacy, and AWS may charge more for it. UNKNOWN: the facts do not decide. */
export type LifecyclePhase = 'ACTIVE' | 'LEGACY' | 'EXTENDED_ACCESS' | 'EOL' | 'PREVIEW' | 'UNKNOWN'

/**
 * Where a model stands on the UTC day of `at`. Dates decide; without one the status at compilation stands, unless it
 * is an end of life that may have come after `at`.
 */
export function lifecycleAt(lifecycle: CatalogModel['lifecycle'], at: Date): LifecyclePhase {
  const day = at.toISOString().slice(0, 10)
  const reached = (date: string | null) => date !== null && date <= day
  if (reached(lifecycle.endOfLife)) return 'EOL'
  if (reached(lifecycle.extendedAccess)) return 'EXTENDED_ACCESS'
  if (reached(lifecycle.legacy)) return 'LEGACY'
  return undatedPhase(lifecycle, day)
}

function undatedPhase({endOfLife, lastListed, legacy, status}: CatalogModel['lifecycle'], day: string): LifecyclePhase {
  switch (status) {
    case 'ACTIVE':
    case 'PREVIEW':
      return status
    case 'LEGACY':
      return legacy === null ? 'LEGACY' : 'ACTIVE'
    case 'EOL':
      if (legacy !== null) return 'ACTIVE'
      return endOfLife === null && lastListed !== null && lastListed < day ? 'EOL' : 'UNKNOWN'
    case 'UNLISTED':
      return 'UNKNOWN'
  }
}

import type {Catalog} from '../catalog/catalog.js'
import type {Geography} from '../catalog/catalog.schema.js'

/** The smallest geography that holds every destination; undefined when none does or the destinations are not known. */
export function narrowestGeography(destinations: readonly string[] | null, catalog: Catalog): Geography | undefined {
  if (!destinations || destinations.length === 0) return undefined
  const holding = catalog.geographies.filter(({regions}) => destinations.every((name) => regions.includes(name)))
  return [...holding].sort((a, b) => a.regions.length - b.regions.length)[0]
}

/** The name as a sentence takes it: `the European Union`, `Japan`. */
export function inSentence({name}: Pick<Geography, 'name'>): string {
  return /^(European Union|United )/.test(name) ? `the ${name}` : name
}

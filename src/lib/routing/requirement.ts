import type {Catalog} from '../catalog/catalog.js'
import type {Geography} from '../catalog/catalog.schema.js'
import {didYouMean} from '../core/closest.js'
import {usageError} from '../core/errors.js'

/** Where a prompt may be processed. The property a residency gate checks. */
export type Requirement =
  | {readonly kind: 'in-region'}
  | {readonly kind: 'geo'; readonly geography: string; readonly name: string; readonly regions: readonly string[]}
  | {readonly kind: 'within'; readonly regions: readonly string[]}
  | {readonly kind: 'global'}

/** Parses `in-region`, `geo:eu`, `within:eu-central-1,eu-west-1` or `global`; wrong names are refused with candidates. */
export function parseRequirement(text: string, catalog: Catalog): Requirement {
  const [kind = '', ...rest] = text.trim().split(':')
  const value = rest.join(':')
  if (kind === 'in-region' && rest.length === 0) return {kind: 'in-region'}
  if (kind === 'global' && rest.length === 0) return {kind: 'global'}
  if (kind === 'geo') return geographyRequirement(value, catalog)
  if (kind === 'within') return withinRequirement(value, catalog)
  throw usageError('INVALID_REQUIREMENT', `"${text}" is not a requirement.`, {
    why: didYouMean(kind, ['in-region', 'geo', 'within', 'global']),
    hint: 'Write in-region, geo:<geography>, within:<Region>[,<Region>…] or global.',
  })
}

function geographyRequirement(value: string, catalog: Catalog): Requirement {
  const geography = findGeography(value, catalog)
  return {kind: 'geo', geography: geography.id, name: geography.name, regions: geography.regions}
}

/** The id of a geography as it was typed; a wrong one is refused with candidates. */
export function geographyId(value: string, catalog: Catalog): string {
  return findGeography(value, catalog).id
}

function findGeography(value: string, catalog: Catalog): Geography {
  const geography = catalog.geography(value.toLowerCase())
  if (!geography) {
    const ids = catalog.geographies.map(({id}) => id)
    throw usageError('UNKNOWN_GEOGRAPHY', `There is no geography "${value}".`, {
      why: didYouMean(value, ids),
      hint: `Geographies are ${ids.join(', ')}.`,
    })
  }
  return geography
}

function withinRequirement(value: string, catalog: Catalog): Requirement {
  const regions = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (regions.length === 0) {
    throw usageError('INVALID_REQUIREMENT', 'within: names no Region.', {hint: 'Write within:eu-central-1,eu-west-1.'})
  }
  assertRegions(regions, catalog)
  return {kind: 'within', regions}
}

/** Refuses names that are no Regions with a Bedrock endpoint, all of them at once. */
export function assertRegions(names: readonly string[], catalog: Catalog): void {
  const unknown = names.filter((name) => catalog.region(name) === undefined)
  if (unknown.length === 0) return
  const known = catalog.regions.map(({name}) => name)
  const hints = unknown.map((name) => didYouMean(name, known)).filter((hint) => hint !== undefined)
  throw usageError(
    'UNKNOWN_REGION',
    unknown.length === 1
      ? `No Region with Bedrock is called "${unknown[0]}".`
      : `No Regions with Bedrock are called ${unknown.join(', ')}.`,
    {
      why: hints.join(' ') || undefined,
      hint: 'List them: bedrockctl catalog show --output json --query "regions[].name"',
    },
  )
}

/** The requirement as it was written. */
export function formatRequirement(requirement: Requirement): string {
  switch (requirement.kind) {
    case 'in-region':
    case 'global':
      return requirement.kind
    case 'geo':
      return `geo:${requirement.geography}`
    case 'within':
      return `within:${requirement.regions.join(',')}`
  }
}

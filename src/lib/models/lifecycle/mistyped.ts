import {distance} from 'fastest-levenshtein'
import type {Catalog} from '../../catalog/catalog.js'
import {type KnownNames, providerOf} from './known-names.js'
import type {ScanRule, Severity} from './lifecycle.schema.js'

/** A problem of one mention, wherever it stands. */
export interface Problem {
  readonly rule: ScanRule
  readonly severity: Severity
  readonly message: string
  readonly remedy: string | null
}

/** A file's ending, a domain's last word, a member of a class: no model id ends with letters alone after a dot. */
const WORD_AFTER_DOT = /\.[a-z]+$/
const LATEST = /[-:.]latest$/
/** A profile prefix that nobody has seen looks like a country or a continent. */
const COUNTRY = /^[a-z]{2}$/
const SHAPE = /^[a-z0-9]+(?:[-.:][a-z0-9]+)+$/

/**
 * Judges an id that no look-up found. Undefined unless it has the shape of a model id of that provider: lower case, a
 * digit, a dash, and a word that the provider's ids use. A false alarm is worse than a miss.
 */
export function judgeSlip(id: string, names: KnownNames, catalog: Catalog, live: boolean): Problem | undefined {
  const {prefix, bare} = splitPrefix(id, names)
  const body = bare.slice(bare.indexOf('.') + 1)
  if (prefix !== null) {
    const known = names.find(bare)
    if (known && known.kind !== 'profile') return wrongProfile(id, prefix, known.modelId, catalog)
    if (!isProfilePrefix(prefix, catalog)) return undefined
  }
  if (LATEST.test(body) && hasFamilyWord(bare, names)) return latest(id, names)
  if (!hasShape(body, bare, names)) return undefined
  const near = names.closest(id)
  const remedy = near.length === 0 ? null : `Did you mean ${near.join(', ')}?`
  if (!live && mayBeNewer(bare, names)) {
    return {
      rule: 'mistyped',
      severity: 'warning',
      message: `no such id in the catalog of ${catalog.compiledOn}: newer than that, or mistyped`,
      remedy: [remedy, 'Without --offline newer models are known.'].filter(Boolean).join(' '),
    }
  }
  return {rule: 'mistyped', severity: 'error', message: 'no model or profile is called so', remedy}
}

function splitPrefix(id: string, names: KnownNames): {readonly prefix: string | null; readonly bare: string} {
  const [first = '', second] = id.split('.')
  return names.providers.includes(first) || second === undefined
    ? {prefix: null, bare: id}
    : {prefix: first, bare: id.slice(first.length + 1)}
}

function isProfilePrefix(prefix: string, catalog: Catalog): boolean {
  return catalog.models.some(({profiles}) => profiles.some(({id}) => id.startsWith(`${prefix}.`)))
}

function wrongProfile(id: string, prefix: string, modelId: string, catalog: Catalog): Problem | undefined {
  const own = (catalog.model(modelId)?.profiles ?? []).map((profile) => profile.id)
  if (!isProfilePrefix(prefix, catalog) && !COUNTRY.test(prefix)) return undefined
  return {
    rule: 'mistyped',
    severity: 'error',
    message: `${modelId} has no profile "${id}"`,
    remedy: own.length === 0 ? `It has none; use ${modelId}.` : `Its profiles: ${own.join(', ')}`,
  }
}

function hasShape(body: string, bare: string, names: KnownNames): boolean {
  if (!SHAPE.test(body) || WORD_AFTER_DOT.test(body) || !/\d/.test(body) || !body.includes('-')) return false
  return hasFamilyWord(bare, names)
}

function hasFamilyWord(bare: string, names: KnownNames): boolean {
  const family = names.family(providerOf(bare))
  const words = bare.slice(bare.indexOf('.') + 1).match(/[a-z]{3,}/g) ?? []
  return words.some((word) => family.has(word) || isMisspelt(word, family))
}

function latest(id: string, names: KnownNames): Problem {
  const near = names.closest(id.replace(LATEST, ''))
  return {
    rule: 'unpinned-alias',
    severity: 'warning',
    message: 'asks for whatever is latest; Bedrock knows no such id',
    remedy: near.length === 0 ? 'Name a version.' : `Pin it: ${near.join(', ')}`,
  }
}

function isMisspelt(word: string, family: ReadonlySet<string>): boolean {
  return word.length >= 5 && [...family].some((known) => known.length >= 5 && distance(word, known) <= 2)
}

/** The same words as a known id with higher numbers: an old catalog cannot tell a new version from a slip. */
function mayBeNewer(bare: string, names: KnownNames): boolean {
  const words = skeleton(bare)
  const versions = names
    .idsOf(providerOf(bare))
    .filter((known) => skeleton(known) === words)
    .map(numbers)
  return versions.length > 0 && versions.every((known) => compare(numbers(bare), known) > 0)
}

/** The words of an id, without numbers and the `v1:0` of its end, which new ids leave out. */
function skeleton(id: string): string {
  return (stem(id).match(/[a-z]+/g) ?? []).join(' ')
}

function numbers(id: string): readonly number[] {
  return (stem(id).match(/\d+/g) ?? []).map(Number)
}

function stem(id: string): string {
  return id.replace(/-v\d+(?::\d+)?$/, '')
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

import type {CatalogFeature} from '../catalog/catalog.schema.js'
import {closest} from '../core/closest.js'
import {usageError} from '../core/errors.js'

/** The features that these words name, by id or by name; all of them when there are none. Wrong ones are named at once. */
export function selectFeatures(
  words: readonly string[],
  features: readonly CatalogFeature[],
): readonly CatalogFeature[] {
  if (words.length === 0) return features
  const found = words.map((word) => ({word, feature: findFeature(word, features)}))
  const unknown = found.filter(({feature}) => feature === undefined).map(({word}) => word)
  if (unknown.length > 0) throw unknownFeature(unknown, features)
  return [...new Set(found.flatMap(({feature}) => feature ?? []))]
}

function findFeature(word: string, features: readonly CatalogFeature[]): CatalogFeature | undefined {
  const wanted = word.trim().toLowerCase()
  return features.find(({id, name}) => id === wanted || name.toLowerCase() === wanted)
}

function unknownFeature(words: readonly string[], features: readonly CatalogFeature[]) {
  const ids = features.map(({id}) => id)
  const near = [...new Set(words.flatMap((word) => nearest(word, ids)))]
  return usageError('UNKNOWN_FEATURE', `No feature is called ${words.map((word) => `"${word}"`).join(', ')}.`, {
    why: near.length === 0 ? undefined : `Did you mean ${near.join(', ')}?`,
    hint: 'List them all: bedrockctl features list',
    actions: near.slice(0, 1).map((id) => `bedrockctl features list ${id}`),
  })
}

/** Ids that hold the word as one of theirs come first (`import`), then those a slip of the fingers away. */
function nearest(word: string, ids: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase().replace(/s$/, '')
  const holding = wanted.length < 3 ? [] : ids.filter((id) => id.includes(wanted))
  return [...new Set([...holding, ...closest(word, ids)])].slice(0, 4)
}

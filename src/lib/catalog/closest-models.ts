import {distance} from 'fastest-levenshtein'
import type {CatalogModel} from './catalog.schema.js'

/** An id that may be meant, and the other words people use for it. */
export interface IdCandidate {
  readonly id: string
  readonly names: readonly string[]
  /** End of life or never listed: offered after the living ones. */
  readonly retired: boolean
}

/** Every model and profile id of the catalog, with the model's display name. */
export function idCandidates(models: readonly CatalogModel[]): readonly IdCandidate[] {
  return models.flatMap(({id, lifecycle, name, profiles}) => {
    const names = name === null ? [] : [name]
    const retired = lifecycle.status === 'EOL' || lifecycle.status === 'UNLISTED'
    return [id, ...profiles.map((profile) => profile.id)].map((candidate) => ({id: candidate, names, retired}))
  })
}

/**
 * Ids that `text` may mean, best first: those that hold all its words (`sonnet 4.6`), then those that hold it as it
 * stands, then those a few letters away. Empty when nothing is near.
 */
export function closestIds(text: string, candidates: readonly IdCandidate[], limit = 3): readonly string[] {
  const wanted = words(text)
  if (wanted.length === 0) return []
  return candidates
    .map(({id, names, retired}) => {
      const rank = Math.min(...[id, ...names].map((name) => rankOf(wanted, words(name))))
      return {id, rank: rank > 0 && retired ? rank + RETIRED : rank}
    })
    .filter(({rank}) => rank < FAR)
    .sort((left, right) => left.rank - right.rank || left.id.length - right.id.length || (left.id < right.id ? -1 : 1))
    .slice(0, limit)
    .map(({id}) => id)
}

const FAR = 1000
const RETIRED = 60

/** 0 is equal; then all words in their order, all words, a part of the text, and by letters; FAR is not near. */
function rankOf(wanted: readonly string[], offered: readonly string[]): number {
  const [left, right] = [wanted.join(' '), offered.join(' ')]
  const others = Math.min(offered.length - wanted.length, 49)
  if (` ${right} `.includes(` ${left} `)) return others
  if (holdsAll(wanted, offered)) return 50 + others
  if (left.length >= 3 && right.includes(left)) return 200 + Math.min(right.length - left.length, 99)
  const letters = distance(left, right)
  return letters <= Math.max(2, Math.floor(left.length / 4)) ? 300 + letters : FAR
}

function holdsAll(wanted: readonly string[], offered: readonly string[]): boolean {
  const left = [...offered]
  return wanted.every((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

/** Letters and digits part, so that `llama3-3` and `Llama 3.3` are the same words. */
function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z]+|\d+/g) ?? []
}

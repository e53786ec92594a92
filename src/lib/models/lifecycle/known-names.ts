import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {closestIds, type IdCandidate, idCandidates} from '../../catalog/closest-models.js'
import {findModel} from '../../catalog/model-lookup.js'
import type {LifecycleFacts} from './lifecycle-facts.js'

/** What an id names, by exact look-up in the offers that were read and in the catalog. */
export interface KnownName {
  readonly kind: 'model' | 'alias' | 'profile'
  readonly modelId: string
}

export interface KnownNames {
  readonly providers: readonly string[]
  find(id: string): KnownName | undefined
  /** The words of the ids of a provider: `claude`, `sonnet`, `nova`. */
  family(provider: string): ReadonlySet<string>
  /** Ids that a text may mean, best first. */
  closest(id: string): readonly string[]
  /** Ids of the provider. */
  idsOf(provider: string): readonly string[]
}

/** Every name that the facts know. */
export function knownNames({catalog, offers}: Pick<LifecycleFacts, 'catalog' | 'offers'>): KnownNames {
  const offered = new Set(offers.flatMap(({models}) => models.map(({id}) => id)))
  const profiles = new Map(offers.flatMap((offer) => offer.profiles.map(({id, modelId}) => [id, modelId] as const)))
  const ids = [...new Set([...catalog.models.map(({id}) => id), ...offered])]
  const byProvider = groupByProvider(ids)
  const families = new Map([...byProvider].map(([provider, own]) => [provider, wordsOf(own)] as const))
  let candidates: readonly IdCandidate[] | undefined
  return {
    providers: [...byProvider.keys()],
    find(id) {
      const match = findModel(catalog, id)
      if (match && match.matchedBy !== 'name') {
        return {kind: match.matchedBy === 'alias' ? 'alias' : 'model', modelId: match.model.id}
      }
      if (offered.has(id)) return {kind: 'model', modelId: id}
      const modelId = profiles.get(id) ?? catalog.profile(id)?.model.id
      return modelId === undefined ? undefined : {kind: 'profile', modelId}
    },
    family: (provider) => families.get(provider) ?? new Set(),
    closest(id) {
      candidates ??= [...idCandidates(catalog.models.filter(isCallable)), ...liveCandidates(offered, profiles)]
      return [...new Set(closestIds(id, candidates, 6))].slice(0, 3)
    },
    idsOf: (provider) => byProvider.get(provider) ?? [],
  }
}

/** The provider's word of an id without profile prefix. */
export function providerOf(id: string): string {
  return id.slice(0, id.indexOf('.'))
}

function isCallable({lifecycle}: CatalogModel): boolean {
  return lifecycle.status !== 'EOL' && lifecycle.status !== 'UNLISTED'
}

function liveCandidates(offered: ReadonlySet<string>, profiles: ReadonlyMap<string, string>): readonly IdCandidate[] {
  return [...offered, ...profiles.keys()].map((id) => ({id, names: [], retired: false}))
}

function groupByProvider(ids: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const id of ids) groups.set(providerOf(id), [...(groups.get(providerOf(id)) ?? []), id])
  return groups
}

function wordsOf(ids: readonly string[]): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => id.slice(id.indexOf('.') + 1).match(/[a-z]{3,}/g) ?? []))
}

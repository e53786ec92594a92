import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import type {RequestContext} from '../../handler.js'
import {isListed} from '../../world/offering.js'

/** APIs of the endpoint, as the catalog calls them. */
export type MantleApi = 'Chat Completions' | 'Responses' | 'Messages'

export const PATHS: Readonly<Record<string, MantleApi>> = {
  '/v1/chat/completions': 'Chat Completions',
  '/openai/v1/chat/completions': 'Chat Completions',
  '/v1/responses': 'Responses',
  '/openai/v1/responses': 'Responses',
  '/anthropic/v1/messages': 'Messages',
}

const DATED = /-\d{4}-\d{2}-\d{2}$/

/** The models that the endpoint has in the called Region: under ids of its own where they have some. */
export function mantleModels({world: {catalog}, region, now}: RequestContext): readonly CatalogModel[] {
  const here = catalog.models.filter((model) => model.mantle.includes(region) && isListed(model, now()))
  const renamed = new Set(here.flatMap(({id, aliasOf}) => (aliasOf === null || DATED.test(id) ? [] : [aliasOf])))
  return here.filter(({id}) => !renamed.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1))
}

// Paths were seen to differ by family: what answers under /openai/v1 does not under /v1.
const OPENAI_PATH = /^(openai\.gpt-\d|google\.gemma-4|xai\.)/
const RESPONSES_ONLY = /^openai\.gpt-\d/

/** The paths that a model answers at. */
export function pathsOf({id, apis}: CatalogModel): readonly string[] {
  if (id.startsWith('anthropic.')) return ['/anthropic/v1/messages']
  const prefix = OPENAI_PATH.test(id) ? '/openai/v1' : '/v1'
  const usual = RESPONSES_ONLY.test(id) ? 'Responses' : 'Chat Completions'
  const spoken = (apis ?? []).filter((api) => api === 'Chat Completions' || api === 'Responses')
  return (spoken.length > 0 ? spoken : [usual]).map(
    (api) => `${prefix}/${api === 'Responses' ? 'responses' : 'chat/completions'}`,
  )
}

/** The model that meters and paces are known by. */
export const baseIdOf = ({id, aliasOf}: CatalogModel): string => aliasOf ?? id

import type {CatalogModel} from '../../catalog/catalog.schema.js'

const PROVIDERS: ReadonlySet<string> = new Set([
  'AI21 Labs',
  'Anthropic',
  'Cohere',
  'Luma AI',
  'Stability AI',
  'TwelveLabs',
  'Writer',
])
// Exceptions, as the Price List has them: the first Claude models, and what came later.
const FIRST_PARTY = /claude-(?:v2|instant|3-(?:haiku|sonnet)-)|writer\.palmyra-vision/
const MARKETPLACE = /openai\.gpt-6|llama2/

/** True for a model that the Price List has in the offer AmazonBedrockFoundationModels. */
export function isInMarketplaceOffer({id, provider}: Pick<CatalogModel, 'id' | 'provider'>): boolean {
  return MARKETPLACE.test(id) || (PROVIDERS.has(provider) && !FIRST_PARTY.test(id))
}

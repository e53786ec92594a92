import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {familyName} from '../tokens/character-rule.js'

const NEW_CLAUDE = 'Claude since Opus 4.7'
const OLD_CLAUDE = 'Claude up to 4.6'

/** What to keep in mind where models that split text differently are priced for the same number of tokens. */
export function tokenCautions(models: readonly CatalogModel[]): readonly string[] {
  const families = new Set(models.map(familyOf))
  if (families.size < 2) return []
  const claude =
    families.has(NEW_CLAUDE) && families.has(OLD_CLAUDE)
      ? [
          'Claude since Opus 4.7 makes about 30 % more tokens of the same text than Claude up to 4.6 (Anthropic, models overview and token counting, 2026-11); the costs here do not correct for it.',
        ]
      : []
  const others = families.size > 2 || claude.length === 0
  const general =
    'Models split the same text into different numbers of tokens; every choice is priced for the tokens given. Count a sample for each model before deciding.'
  return [...claude, ...(others ? [general] : [])]
}

/** Models of one provider share a tokenizer as far as is known; Claude changed its own. */
function familyOf({id, provider}: CatalogModel): string {
  const name = familyName(id)
  return name === OLD_CLAUDE || name === NEW_CLAUDE ? name : provider
}

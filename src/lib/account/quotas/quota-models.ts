import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'

/** How quotas call models where name and id of the model lead to none or to several (General Reference, October 2026). */
const SPELLINGS: Readonly<Record<string, string>> = {
  mistrallarge22407: 'mistral.mistral-large-2407-v1:0',
  qwen3235b: 'qwen.qwen3-235b-a22b-2507-v1:0',
  qwen3coder30b: 'qwen.qwen3-coder-30b-a3b-v1:0',
  qwen3coder480b: 'qwen.qwen3-coder-480b-a35b-v1:0',
  titantextembeddingsv2: 'amazon.titan-embed-text-v2:0',
}

/**
 * The base model that a quota names; null where the name leads to none or to several. Names are compared as a whole,
 * without provider, blanks, punctuation and case: a part of a name never decides.
 */
export function quotaModels({models}: Pick<Catalog, 'models'>): (name: string) => string | null {
  const own = models.filter(({aliasOf}) => aliasOf === null)
  // A name that a dead model shares with a living one is the living one's.
  const known = new Map([...spelled(own.filter((one) => !isUsable(one))), ...spelled(own.filter(isUsable))])
  for (const [key, id] of Object.entries(SPELLINGS)) known.set(key, id)
  return (name) => {
    const key = spell(name)
    const found = known.get(key)
    return found === undefined ? (known.get(withoutFirstVersion(key)) ?? null) : found
  }
}

function isUsable({lifecycle: {status}}: CatalogModel): boolean {
  return status !== 'EOL' && status !== 'UNLISTED'
}

function spelled(models: readonly CatalogModel[]): ReadonlyMap<string, string | null> {
  const known = new Map<string, string | null>()
  for (const model of models) {
    for (const key of keysOf(model)) known.set(key, known.has(key) ? null : model.id)
  }
  return known
}

function keysOf({id, listNames, name, provider}: CatalogModel): ReadonlySet<string> {
  const names = name === null ? listNames : [name, ...listNames]
  const stem = id.slice(id.indexOf('.') + 1).replace(/(?:-\d{8})?(?:-v\d+)?(?::\d+)?$/, '')
  // The id says more than a family only where it holds a number.
  const stems = /\d/.test(stem) ? [stem, `${provider} ${stem}`] : []
  const all = [...names, ...names.map((one) => `${provider} ${one}`), ...stems]
  return new Set(all.map(spell))
}

/** `Nova Pro V1` is the first version of Nova Pro; a later one is another model. */
function withoutFirstVersion(key: string): string {
  return key.replace(/v1$/, '')
}

const PROVIDERS =
  /^(?:amazon|anthropic|meta|mistral ai|cohere|openai|google|xai|nvidia(?= nvidia)|deepseek(?= deepseek)) /

function spell(name: string): string {
  return name
    .toLowerCase()
    .replace(PROVIDERS, '')
    .replace(PROVIDERS, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

import {read} from '../../account/read.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {findCallTarget} from '../../iam/account/call-targets.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import type {Spend} from './spend-filter.js'

/** Sold through AWS Marketplace, each model as a service of its own (Cost Explorer, model cards, 2026-10-01). */
const MARKETPLACE_PROVIDERS = new Set([
  'Anthropic',
  'Cohere',
  'AI21 Labs',
  'Stability AI',
  'Writer',
  'TwelveLabs',
  'Luma AI',
])

export interface BedrockSpend {
  readonly bedrock: Spend
  /** Of the models in use that Marketplace bills; sorted by service. */
  readonly marketplace: readonly Spend[]
  /** Stands for a model of Marketplace that nobody knows of. */
  readonly anyMarketplace: Spend
  /** Why there may be more models in use than are known. */
  readonly missing: readonly Missing[]
}

/** Under which names the account's use of Bedrock is billed. A filter on "Amazon Bedrock" alone misses Claude. */
export function bedrockSpend(context: AuditContext): BedrockSpend {
  const {snapshot, use} = context
  const account = {LINKED_ACCOUNT: snapshot.caller.account, RECORD_TYPE: 'Usage'}
  const names = new Set<string>()
  const missing: Missing[] = []
  for (const {name: region} of snapshot.regions) {
    const usage = read(snapshot, 'cloudwatch:bedrock-usage', region)
    const mantle = (usage.state === 'read' ? usage.value.mantle : []).flatMap(({model, inferences}) =>
      model !== null && (inferences ?? 0) > 0 ? [model] : [],
    )
    const ids = [...use.in(region).models.map(({id}) => id), ...mantle]
    for (const id of ids) {
      const model = modelBehind(context, region, id)
      if (model?.name && MARKETPLACE_PROVIDERS.has(model.provider)) names.add(`${model.name} (Amazon Bedrock Edition)`)
    }
    missing.push(...use.in(region).missing)
  }
  const marketplace = {...account, BILLING_ENTITY: 'AWS Marketplace'}
  return {
    bedrock: {...account, SERVICE: 'Amazon Bedrock', BILLING_ENTITY: 'AWS'},
    marketplace: [...names].sort().map((SERVICE) => ({...marketplace, SERVICE})),
    anyMarketplace: {...marketplace, SERVICE: 'a model (Amazon Bedrock Edition)'},
    missing,
  }
}

/** The model an id stands for, by the catalogue or, for profiles of one's own, by the snapshot. */
export function modelBehind({catalog, snapshot}: AuditContext, region: string, id: string): CatalogModel | undefined {
  const bare = id.replace(/^arn:.*:(foundation-model|inference-profile)\//, '')
  const known = catalog.model(bare) ?? catalog.profile(bare)?.model
  if (known !== undefined) return known
  const target = findCallTarget(snapshot, region, id)
  if (target?.kind === 'application-profile') return target.copies ? catalog.model(target.copies.modelId) : undefined
  return target === undefined || target.kind === 'own-model' ? undefined : catalog.model(target.modelId)
}

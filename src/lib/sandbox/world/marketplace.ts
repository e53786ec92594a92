import {createHash} from 'node:crypto'
import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import type {AccountState} from './state.js'

// Providers whose models have no Marketplace product: https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
const WITHOUT_PRODUCT: ReadonlySet<string> = new Set(['Amazon', 'DeepSeek', 'Meta', 'Mistral AI', 'Qwen'])

/** True for a model that needs an agreement with its seller. */
export function isMarketplaceModel(model: CatalogModel): boolean {
  return !WITHOUT_PRODUCT.has(model.provider)
}

/** True for a model that needs the use-case form before its first use. */
export function needsUseCaseForm(model: CatalogModel): boolean {
  return model.provider === 'Anthropic'
}

/** The form is asked once, and again in each opt-in Region. */
export function formScope(catalog: Catalog, region: string): string {
  return catalog.region(region)?.optIn === true ? region : 'default'
}

export type AgreementState = 'AVAILABLE' | 'PENDING' | 'NOT_AVAILABLE'

export function agreementState(account: AccountState, model: CatalogModel, now: number): AgreementState {
  if (!isMarketplaceModel(model)) return 'AVAILABLE'
  const agreement = account.agreements.get(model.id)
  if (!agreement) return 'NOT_AVAILABLE'
  return agreement.availableAt <= now ? 'AVAILABLE' : 'PENDING'
}

/** The token an offer is accepted with: the same for an account and a model, and good for no other. */
export function offerToken(account: string, modelId: string): string {
  return createHash('sha256').update(`offer:${account}:${modelId}`).digest('base64')
}

export function offerId(modelId: string): string {
  return `offer-${createHash('sha256').update(modelId).digest('hex').slice(0, 13)}`
}

import type * as Bedrock from '@aws-sdk/client-bedrock'
import {AccessDeniedException} from '@aws-sdk/client-bedrock'
import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import {handlersFor, type RequestContext} from '../../handler.js'
import {
  agreementState,
  formScope,
  isMarketplaceModel,
  needsUseCaseForm,
  offerId,
  offerToken,
} from '../../world/marketplace.js'
import {marketplaceDescription, marketplaceMeter} from '../../world/marketplace-meters.js'
import {isListed, offeredModels} from '../../world/offering.js'
import {isCustomised, isMantle, metersOf} from '../../world/price-meters.js'
import {conflict, invalid, notFound} from './refusals.js'

// AWS says up to 15 minutes; on the sandbox's clock it is this long.
const AGREEMENT_TAKES_MS = 20_000
const TERMS_URL = 'https://aws.amazon.com/legal/bedrock/third-party-models/'
const FORM_MISSING = 'Model use case details have not been submitted for this account.'

export const access = handlersFor<typeof Bedrock>()({
  GetFoundationModelAvailability({modelId}, context) {
    const model = baseModel(modelId, context)
    const account = context.world.account(context.account)
    const withheld = account.withheldModels.has(model.id)
    const offered = offeredModels(context.world.catalog, context.region, context.now())
    return {
      modelId,
      agreementAvailability: {status: agreementState(account, model, context.now())},
      authorizationStatus: withheld ? 'NOT_AUTHORIZED' : 'AUTHORIZED',
      entitlementAvailability: withheld ? 'NOT_AVAILABLE' : 'AVAILABLE',
      regionAvailability: offered.some((one) => one.model.id === model.id) ? 'AVAILABLE' : 'NOT_AVAILABLE',
    }
  },

  async ListFoundationModelAgreementOffers({modelId}, context) {
    const model = marketplaceModel(modelId, context)
    const meters = await metersOf(context.world.catalog, model.id, context.region)
    const rates = meters.filter((meter) => !isMantle(meter) && !isCustomised(meter))
    return {
      modelId,
      offers: [
        {
          offerId: offerId(model.id),
          offerToken: offerToken(context.account, model.id),
          termDetails: {
            usageBasedPricingTerm: {
              rateCard: rates.map((meter) => ({
                dimension: marketplaceMeter(meter),
                price: String(meter.usd),
                description: marketplaceDescription(meter),
                unit: 'Units',
              })),
            },
            legalTerm: {url: TERMS_URL},
            supportTerm: {refundPolicyDescription: 'Usage fees are not refunded.'},
          },
        },
      ],
    }
  },

  CreateFoundationModelAgreement({modelId, offerToken: token}, context) {
    const model = marketplaceModel(modelId, context)
    const {world, account: id, region, now} = context
    const account = world.account(id)
    if (token !== offerToken(id, model.id)) throw invalid('The provided offer token is invalid.')
    if (account.withheldModels.has(model.id)) {
      throw new AccessDeniedException({message: 'Your account is not authorized to access this model.', $metadata: {}})
    }
    if (needsUseCaseForm(model) && !account.useCaseForms.has(formScope(world.catalog, region)))
      throw invalid(FORM_MISSING)
    if (account.agreements.has(model.id)) throw conflict(`An agreement for the model ${modelId} already exists.`)
    account.agreements.set(model.id, {modelId: model.id, availableAt: now() + AGREEMENT_TAKES_MS})
    return {modelId}
  },

  DeleteFoundationModelAgreement({modelId}, context) {
    const model = marketplaceModel(modelId, context)
    const deleted = context.world.account(context.account).agreements.delete(model.id)
    if (!deleted) throw notFound(`There is no agreement for the model ${modelId}.`)
    return {}
  },

  GetUseCaseForModelAccess(_input, {world, account, region}) {
    const formData = world.account(account).useCaseForms.get(formScope(world.catalog, region))
    if (!formData) throw notFound(FORM_MISSING)
    return {formData}
  },

  PutUseCaseForModelAccess({formData}, {world, account, region}) {
    if (!isJsonObject(formData)) throw invalid('formData must be a JSON document.')
    world.account(account).useCaseForms.set(formScope(world.catalog, region), formData)
    return {}
  },
})

/** The model of an id or of one of its variants, wherever it is offered. */
function baseModel(id: string, {world, now}: RequestContext): CatalogModel {
  const model =
    world.catalog.model(id) ?? world.catalog.models.find((one) => one.provisioned.some((to) => to.id === id))
  if (!model || !isListed(model, now())) {
    throw notFound('Could not resolve the foundation model from the provided model identifier.')
  }
  return model
}

function marketplaceModel(id: string, context: RequestContext): CatalogModel {
  const model = baseModel(id, context)
  if (!isMarketplaceModel(model)) throw notFound(`There are no agreement offers for the model ${id}.`)
  return model
}

function isJsonObject(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

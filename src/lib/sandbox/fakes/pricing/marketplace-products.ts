import type {Catalog} from '../../../catalog/catalog.js'
import type {MeterId} from '../../../catalog/meters.js'
import {marketplaceDescription, marketplaceUsageType} from '../../world/marketplace-meters.js'
import type {Meter} from '../../world/price-meters.js'
import {locationOf, placeAttributes} from './location.js'
import {type Product, skuOf} from './product.js'

const OFFER = 'AmazonBedrockFoundationModels'

// The unit of reserved capacity says a million and its price is for a thousand tokens a minute, as on AWS.
const UNITS: Readonly<Partial<Record<MeterId, string>>> = {
  tokens: '1M tokens',
  'generated-image': 'image',
  'input-image': 'Input Images',
  'input-video-second': 'seconds',
  'input-audio-second': 'seconds',
  'search-unit': 'Search Units',
  'reserved-input-tpm': '1M TPM Hour',
  'reserved-output-tpm': '1M TPM Hour',
  'model-unit-hour': 'hour',
}

/** A meter as AWS Marketplace sells it: known by servicename and usagetype only. */
export function marketplaceProduct(meter: Meter, catalog: Catalog): Product {
  const {listed, model, region} = meter
  const usagetype = marketplaceUsageType(meter)
  return {
    offer: OFFER,
    sku: skuOf(OFFER, model.id, usagetype),
    attributes: {
      usagetype,
      operation: '',
      ...placeAttributes(region, locationOf(region, catalog)),
      servicename: `${listed.name ?? model.id} (Amazon Bedrock Edition)`,
    },
    unit: UNITS[meter.meter] ?? 'Units',
    usd: meter.meter === 'search-unit' ? meter.usd / 1000 : meter.usd,
    description: marketplaceDescription(meter),
  }
}

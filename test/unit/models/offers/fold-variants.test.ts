import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {catalogOffer} from '../../../../src/lib/models/offers/catalog-offer.js'
import {foldingVariants} from '../../../../src/lib/models/offers/fold-variants.js'

test('a context variant listed without its base model stands for the base model, as provisioned throughput', async () => {
  const catalog = await openCatalog()
  const offer = catalogOffer(catalog, 'us-west-2')
  const variants = ['18k', '51k'].map((size) => `anthropic.claude-3-5-sonnet-20241022-v2:0:${size}`)
  const [template] = offer.models
  const models = variants.flatMap((id) => (template ? [{...template, id, inRegion: false, provisionedIds: [id]}] : []))

  const folded = await foldingVariants({readOffer: async () => ({...offer, models})}, catalog).readOffer('us-west-2')

  expect(folded.models.map(({id, provisionedIds}) => [id, provisionedIds])).toEqual([
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', variants],
  ])
})

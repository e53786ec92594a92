import {expect, test} from 'vitest'
import {estimateCase, readWorkload, type ShortPrice} from '../../../support/cost-case.js'
import {whyRefused} from './why-refused.js'

const image: ShortPrice = {
  modelId: 'amazon.nova-canvas-v1:0',
  meter: 'generated-image',
  variant: 'standard quality up to 1024x1024',
  amount: {unit: 0.04},
}
const canvas = (generatedImages: object) => ({kind: 'media', model: 'amazon.nova-canvas-v1:0', generatedImages})

test('a size that nobody sells is refused with the sizes that are sold', () => {
  const why = whyRefused(() => estimateCase([canvas({count: 10, variant: '512x512'})], [image]))

  expect(why).toContain('no price is known for generated image of amazon.nova-canvas-v1:0 in us-east-1')
  expect(why).toContain('512x512')
  expect(why).toContain('sold in us-east-1: “standard quality up to 1024x1024”')
})

test('a size that is sold in another Region only is a line without a price, which says where it is sold', () => {
  const elsewhere = {...image, region: 'eu-west-1'}

  const {complete, unread, workloads} = estimateCase([canvas({count: 10, variant: image.variant})], [elsewhere])

  expect(complete).toBe(false)
  expect(workloads[0]?.lines.map(({month}) => month)).toEqual([null])
  expect(unread[0]?.reason).toContain('sold: eu-west-1 “standard quality up to 1024x1024”')
})

test('a model of one price says so when a size is named', () => {
  const plain = {...image, variant: null}

  const why = whyRefused(() => estimateCase([canvas({count: 10, variant: '512x512'})], [plain]))

  expect(why).toMatch(/sold in us-east-1: any route standard$/)
})

test('nothing to make and nothing to take is refused', () => {
  const why = whyRefused(() => estimateCase([{kind: 'media', model: 'amazon.nova-canvas-v1:0'}], [image]))

  expect(why).toContain('name what goes in or comes out')
})

test('a key that is not known is refused', () => {
  expect(() => readWorkload(canvas({count: 10, size: '512x512'}))).toThrow('Unrecognized key')
})

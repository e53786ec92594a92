import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {costUntil, TERMS, termEnd, termOf} from '../../../src/lib/capacity/commitment.js'
import {createRequest, differences, priceCreate} from '../../../src/lib/capacity/create/plan-create.js'
import {offerWords} from '../../../src/lib/capacity/create/render-create.js'
import {decimal, toNumber} from '../../../src/lib/core/decimal.js'
import {provisioned} from '../../support/capacity-case.js'
import {bookOf} from '../../support/cost-case.js'

const NOW = new Date('2026-11-21T14:30:00Z')
const LLAMA = 'meta.llama3-1-70b-instruct-v1:0'

const words = (change = {}) => ({
  model: {modelId: `${LLAMA}:128k`, baseModelId: LLAMA, isCustom: false, lifecycle: 'ACTIVE'},
  region: 'us-west-2',
  units: 2,
  term: TERMS['6-month'],
  name: undefined,
  tags: {},
  ...change,
})

const book = bookOf(
  (['no-commitment', '1-month', '6-month'] as const).map((variant, index) => ({
    ...{modelId: LLAMA, tier: 'provisioned', meter: 'model-unit-hour', variant},
    amount: {unit: [24, 21.18, 13.08][index] ?? 0},
  })),
)

test('a commitment of two units for six months is told in words, with its end and all that it costs', () => {
  const offer = priceCreate(words(), book, NOW)

  // 2 × $13.08 × 24 hours × 181 days.
  expect(offer).toEqual({
    endsOn: '2027-05-21',
    hourly: {currency: 'USD', amount: 26.16},
    committed: {currency: 'USD', amount: 113_639.04},
  })
  expect(offerWords({...offer, commitment: '6-month'})).toMatch(
    /^cannot be deleted before 2027-05-21; costs \$113,639\.04, \$26\.16 an hour/,
  )
})

test('without a commitment nothing is committed to', () => {
  const offer = priceCreate(words({term: TERMS.none}), book, NOW)

  expect(offer).toEqual({endsOn: null, hourly: {currency: 'USD', amount: 48}, committed: null})
  expect(offerWords({...offer, commitment: 'none'})).toContain('it can be deleted at any time')
})

test('what has no price is told as that', () => {
  const offer = priceCreate(words(), bookOf([]), NOW)

  expect(offer).toEqual({endsOn: '2027-05-21', hourly: null, committed: null})
  expect(offerWords({...offer, commitment: '6-month'})).toMatch(
    /^cannot be deleted before 2027-05-21; billed by the hour, called or not; what it costs is not known;/,
  )
  expect(offerWords({...offer, endsOn: null, commitment: 'none'})).toBe(
    'no price is known; billed until it is deleted, called or not; it can be deleted at any time',
  )
})

test('what was bought before keeps the end that AWS gave it', () => {
  const existing = {createdAt: '2026-10-01T12:00:00Z', commitmentEndsAt: '2027-04-01T12:00:00Z'}

  // 2 × $13.08 × 24 hours × 182 days.
  expect(priceCreate(words(), book, NOW, existing)).toMatchObject({
    endsOn: '2027-04-01',
    committed: {amount: 114_266.88},
  })
})

describe('the end of a term', () => {
  test.each([
    ['2026-11-21', 1, '2026-12-21'],
    ['2026-11-21', 6, '2027-05-21'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-31'],
  ])('%s and %i months is %s', (from, months, end) => {
    expect(
      termEnd(new Date(`${from}T00:00:00Z`), months)
        .toISOString()
        .slice(0, 10),
    ).toBe(end)
  })

  test('costs nothing more once it is over', () => {
    expect(toNumber(costUntil(decimal(24), NOW, new Date('2026-01-01')))).toBe(0)
  })
})

test('commitments of the service are those that are typed', () => {
  expect((['OneMonth', 'SixMonths', null] as const).map((one) => termOf(one).name)).toEqual([
    '1-month',
    '6-month',
    'none',
  ])
})

describe('a request', () => {
  test('has a name of model, units and commitment unless one is given', () => {
    expect(createRequest(words()).name).toBe('llama3-1-70b-instruct-2mu-6-month')
    expect(createRequest(words({term: TERMS.none, units: 1})).name).toBe('llama3-1-70b-instruct-1mu')
    expect(createRequest(words({name: 'night'})).name).toBe('night')
  })

  test('is the same for the same words, and another for any other', () => {
    const token = (change = {}) => createRequest(words(change)).clientRequestToken

    expect(token()).toBe(token())
    const others = [{units: 3}, {name: 'other'}, {term: TERMS.none}, {region: 'us-east-1'}, {tags: {a: 'b'}}]
    expect(new Set([token(), ...others.map(token)]).size).toBe(6)
  })

  test('always has a name that Bedrock takes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.:/_-]{1,80}$/), fc.integer({min: 1, max: 999}), (modelId, units) => {
        fc.pre(/[a-z0-9]/.test(modelId.slice(modelId.indexOf('.') + 1).slice(modelId.lastIndexOf('/') + 1)))
        const model = {modelId, baseModelId: 'm', isCustom: true, lifecycle: 'ACTIVE'}

        expect(createRequest(words({model, units})).name).toMatch(/^(?=.{1,63}$)(?:[0-9a-zA-Z][_-]?)+$/)
      }),
    )
  })

  test('is known again in what was made of it', () => {
    const request = createRequest(words())
    const same = provisioned({
      modelArn: `arn:aws:bedrock:us-west-2::foundation-model/${LLAMA}:128k`,
      modelUnits: 2,
      commitment: 'SixMonths',
    })

    expect(differences(same, request)).toEqual([])
    expect(differences({...same, modelUnits: 1, commitment: null}, request)).toHaveLength(2)
  })
})

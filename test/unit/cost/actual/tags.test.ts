import {describe, expect, test} from 'vitest'
import {decimal} from '../../../../src/lib/core/decimal.js'
import {chooseTag} from '../../../../src/lib/cost/actual/choose-tag.js'
import {untaggedOf} from '../../../../src/lib/cost/actual/untagged.js'
import {billOf, target, usedLine} from './build-actual.js'

describe('chooseTag', () => {
  test('the one named, or the only one that is active', () => {
    expect(chooseTag('tag', 'team', ['a', 'b'])).toBe('team')
    expect(chooseTag('model', undefined, ['team', 'iamPrincipal/owner', 'aws:createdBy'])).toBe('team')
    expect(chooseTag('model', undefined, ['team', 'stage'])).toBeUndefined()
  })

  test('by tag, one of several has to be named', () => {
    expect(() => chooseTag('tag', undefined, ['team', 'stage'])).toThrow(expect.objectContaining({code: 'TAG_MISSING'}))
    expect(() => chooseTag('tag', undefined, undefined)).toThrow(expect.objectContaining({code: 'TAG_MISSING'}))
  })

  test('principals are told by their tags, under the key of Cost Explorer', () => {
    expect(chooseTag('principal', 'owner', undefined)).toBe('iamPrincipal/owner')
    expect(chooseTag('principal', undefined, ['team', 'iamPrincipal/owner'])).toBe('iamPrincipal/owner')
    expect(() => chooseTag('principal', undefined, ['team'])).toThrow(
      expect.objectContaining({code: 'PRINCIPAL_NOT_TOLD'}),
    )
  })
})

describe('untaggedOf', () => {
  const coin = (value: string, amount: number, currency = 'USD') => ({value, amount: decimal(amount), currency})
  const used = [
    usedLine([], {called: 'profile-a', target: target({kind: 'application-profile', tags: {team: 'claims'}})}),
    usedLine([], {called: 'profile-b', target: target({kind: 'application-profile', tags: {}})}),
    usedLine([], {called: 'eu.model', target: target({tags: null})}),
    usedLine([], {called: 'unread', target: target({tags: undefined})}),
  ]

  test('share and amount are of the bill; who lacks the tag is told by what was called', () => {
    const bill = billOf([], {tag: 'team', activeTags: ['team'], tagged: [coin('claims', 30), coin('', 10)]})

    expect(untaggedOf('team', used, bill)).toEqual({
      tag: 'team',
      active: true,
      billed: [{currency: 'USD', amount: 10}],
      share: 0.25,
      profiles: ['profile-b'],
      systemIds: ['eu.model'],
    })
  })

  test('no share over two currencies, nor without a bill', () => {
    const bill = billOf([], {tagged: [coin('', 10), coin('', 10, 'CNY')]})

    expect(untaggedOf('team', null, bill)).toMatchObject({share: null, active: false})
    expect(untaggedOf('team', null, null)).toMatchObject({share: null, active: null, billed: null})
  })
})

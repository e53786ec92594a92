import {describe, expect, test} from 'vitest'
import {readsFor} from '../../../src/lib/account/select-reads.js'
import {ALL_CHECKS} from '../../../src/lib/audit/checks/all-checks.js'
import {readsOfChecks, selectChecks} from '../../../src/lib/audit/select-checks.js'

const NOTHING = {families: [], ids: [], severities: []}

describe('choosing checks', () => {
  test('without a wish gives all of them', () => {
    expect(selectChecks(ALL_CHECKS, NOTHING)).toHaveLength(74)
  })

  test('keeps what meets every wish', () => {
    const chosen = selectChecks(ALL_CHECKS, {...NOTHING, families: ['EP', 'IAM'], severities: ['medium']})

    expect(chosen.map(({family, severity}) => `${family} ${severity}`)).toEqual(
      expect.arrayContaining(['EP medium', 'IAM medium']),
    )
    expect(new Set(chosen.map(({severity}) => severity))).toEqual(new Set(['medium']))
  })

  test('takes ids in any case', () => {
    expect(selectChecks(ALL_CHECKS, {...NOTHING, ids: ['ep-03']}).map(({id}) => id)).toEqual(['EP-03'])
  })

  test('names every unknown id, and what was meant', () => {
    expect(() => selectChecks(ALL_CHECKS, {...NOTHING, ids: ['EP-99', 'ENC-1']})).toThrow(
      expect.objectContaining({code: 'UNKNOWN_CHECK', message: expect.stringContaining('EP-99, ENC-1'), exitCode: 2}),
    )
  })

  test('an id of another family is told where it is judged', () => {
    expect(() => selectChecks(ALL_CHECKS, {...NOTHING, families: ['IAM'], ids: ['ep-03']})).toThrow(
      expect.objectContaining({
        message: 'EP-03 is not of family IAM, which is judged here.',
        actions: ['bedrockctl audit run --check EP-03'],
      }),
    )
  })

  test('is refused where the wishes leave none', () => {
    expect(() => selectChecks(ALL_CHECKS, {...NOTHING, families: ['TH'], severities: ['low']})).toThrow(/No check/)
  })
})

test('a snapshot for an audit holds what every check reads', () => {
  const held = readsFor('audit')

  expect(readsOfChecks(ALL_CHECKS).filter((id) => !held.includes(id))).toEqual([])
})

test('every check has an id, a demand, a reason and a page of AWS of its own', () => {
  expect(new Set(ALL_CHECKS.map(({id}) => id)).size).toBe(ALL_CHECKS.length)
  expect(new Set(ALL_CHECKS.map(({title}) => title)).size).toBe(ALL_CHECKS.length)
  for (const {id, family, why, references} of ALL_CHECKS) {
    expect(id).toMatch(new RegExp(`^${family}-\\d{2}$`))
    expect(why.length, id).toBeGreaterThan(40)
    expect(references.length, id).toBeGreaterThan(0)
    for (const {url} of references) expect(url, id).toMatch(/^https:\/\/[a-z0-9.-]+\//)
  }
})

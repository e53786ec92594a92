import {describe, expect, test} from 'vitest'
import {acceptFindings} from '../../../src/lib/audit/baseline/accept-findings.js'
import {parseAcceptance} from '../../../src/lib/audit/baseline/parse-acceptance.js'
import type {Finding} from '../../../src/lib/audit/finding.schema.js'

const TODAY = '2026-11-21'

function findingOf(fingerprint: string, check: string, verdict: Finding['verdict'] = 'FAIL'): Finding {
  return {
    fingerprint,
    check,
    family: 'EP',
    severity: 'high',
    verdict,
    title: 't',
    region: 'eu-west-1',
    resource: {type: 'thing', id: 'one'},
    message: 'm',
    why: 'w',
    evidence: [],
    missing: [],
    references: [],
  }
}

const FINDINGS = [
  findingOf('aaaaaa1111111111', 'EP-01'),
  findingOf('aaaaaa2222222222', 'EP-02'),
  findingOf('bbbbbb3333333333', 'EP-02'),
  findingOf('cccccc4444444444', 'EP-03', 'UNKNOWN'),
]
const INPUT = {fingerprints: [], checks: [], reason: 'r', owner: 'o', expires: '2027-01-01', today: TODAY}

describe('accepting', () => {
  test('one finding by the beginning of its fingerprint', () => {
    const {added} = acceptFindings(FINDINGS, [], {...INPUT, fingerprints: ['bbbbbb']})

    expect(added).toMatchObject([{fingerprint: 'bbbbbb3333333333', check: 'EP-02', reason: 'r', acceptedOn: TODAY}])
  })

  test('every failure of a check', () => {
    const {added} = acceptFindings(FINDINGS, [], {...INPUT, checks: ['ep-02']})

    expect(added.map(({fingerprint}) => fingerprint)).toEqual(['aaaaaa2222222222', 'bbbbbb3333333333'])
  })

  test('again takes the place of the older acceptance', () => {
    const first = acceptFindings(FINDINGS, [], {...INPUT, checks: ['EP-01']}).accepted
    const second = acceptFindings(FINDINGS, first, {...INPUT, checks: ['EP-01'], reason: 'better'}).accepted

    expect(second).toMatchObject([{reason: 'better'}])
  })

  test.each([
    ['a beginning of two findings', {fingerprints: ['aaaaaa']}, /2 findings begin so/],
    ['too short a beginning', {fingerprints: ['bb']}, /no failing finding/],
    ['something that does not fail', {fingerprints: ['cccccc']}, /no failing finding/],
  ])('%s is refused', (_, more, told) => {
    expect(() => acceptFindings(FINDINGS, [], {...INPUT, ...more})).toThrow(
      expect.objectContaining({code: 'UNKNOWN_FINGERPRINT', why: expect.stringMatching(told)}),
    )
  })

  test('a check without failures is refused', () => {
    expect(() => acceptFindings(FINDINGS, [], {...INPUT, checks: ['EP-03']})).toThrow(/EP-03/)
  })

  test('until a day that is over is refused', () => {
    const over = {...INPUT, checks: ['EP-01'], expires: '2026-11-20'}

    expect(() => acceptFindings(FINDINGS, [], over)).toThrow(/is over/)
  })
})

describe('the words of an acceptance', () => {
  const WORDS = {fingerprints: ['a'], checks: [], reason: 'r', owner: 'o', expires: '90d', today: TODAY}

  test.each([
    ['90d', '2027-02-19'],
    ['2w', '2026-12-05'],
    ['2027-03-31', '2027-03-31'],
  ])('expire %s on %s', (expires, day) => {
    expect(parseAcceptance({...WORDS, expires}).expires).toBe(day)
  })

  test.each(['never', '2027-02-30', '1h', '99999d', ''])('do not expire "%s"', (expires) => {
    expect(() => parseAcceptance({...WORDS, expires})).toThrow(expect.objectContaining({code: 'ACCEPTANCE_INCOMPLETE'}))
  })

  test('that are missing are all named', () => {
    const none = {...WORDS, reason: ' ', owner: undefined, expires: undefined}

    expect(() => parseAcceptance(none)).toThrow(
      expect.objectContaining({why: expect.stringMatching(/--reason.*\n.*--owner.*\n.*--expires/)}),
    )
  })
})

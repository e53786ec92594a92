import {expect, test} from 'vitest'
import cases from '../../../cases/batch/preflight.json' with {type: 'json'}
import {type PreflightCase, preflightOf} from '../../../support/preflight-case.js'

const CASES = cases as unknown as readonly PreflightCase[]

test.each(CASES)('$name', (written) => {
  const checks = preflightOf(written)
  const told = new Map(checks.map(({id, said, verdict}) => [id, `${verdict} ${said}`]))

  for (const [id, expected] of Object.entries(written.expected)) {
    const [verdict = '', ...words] = expected.split(' ')
    expect([id, told.get(id)?.split(' ')[0]]).toEqual([id, verdict])
    expect(told.get(id)).toContain(words.join(' '))
  }
  for (const [id, fix] of Object.entries(written.fixes ?? {})) {
    expect(checks.find((one) => one.id === id)?.fix).toContain(fix)
  }
  const others = checks.filter(
    ({id, verdict}) => !(id in written.expected) && (verdict === 'fail' || verdict === 'unknown'),
  )
  expect(others).toEqual([])
})

test('every check has an id of its own, and what fails of access names what mends it', () => {
  for (const written of CASES) {
    const checks = preflightOf(written)
    expect(new Set(checks.map(({id}) => id)).size).toBe(checks.length)
    const access = checks.filter(({id, verdict}) => verdict === 'fail' && /^(?:role|upload|pass|create|keys)/.test(id))
    for (const {fix} of access) {
      expect(fix).toMatch(
        /^(?:bedrockctl iam generate --workload batch --model \S+ --from us-east-1 |(?:change|allow|use|encrypt) .*)/,
      )
    }
  }
})

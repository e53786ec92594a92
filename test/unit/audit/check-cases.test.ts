import {describe, expect, test} from 'vitest'
import {ALL_CHECKS} from '../../../src/lib/audit/checks/all-checks.js'
import type {Finding} from '../../../src/lib/audit/finding.schema.js'
import {runAudit} from '../../../src/lib/audit/run-audit.js'
import {type AuditCase, contextOf, type ExpectedFinding, readAuditCases} from '../../support/audit-case.js'

// Every check by its cases (test/cases/audit/<ID>.json): what it says of an account that is described in a few words.

const CASES = readAuditCases()

test('every file of cases is about a check', () => {
  const known = ALL_CHECKS.map(({id}) => id)

  expect([...CASES.keys()].filter((id) => !known.includes(id))).toEqual([])
})

describe.each(ALL_CHECKS.map(({id}) => id))('%s', (id) => {
  const cases = CASES.get(id) ?? []

  test('has a case in which it fails, one in which it passes and one in which it cannot tell', () => {
    const verdicts = new Set(cases.flatMap(({expected}) => expected.map(({verdict}) => verdict)))

    expect([...verdicts]).toEqual(expect.arrayContaining(['FAIL', 'PASS', 'UNKNOWN']))
  })

  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const findings = findingsOf(id, one)

    expect(findings.map((finding) => shape(finding, one.expected)).sort(byJson)).toEqual([...one.expected].sort(byJson))
  })
})

function findingsOf(id: string, one: AuditCase): readonly Finding[] {
  const checks = ALL_CHECKS.filter((check) => check.id === id)
  const {findings} = runAudit(contextOf(one), {
    checks,
    toolVersion: '0.0.0',
    snapshotFile: null,
    projectFile: null,
    failOnUnknown: false,
    today: '2026-11-21',
  })
  const named = new Set(one.expected.map(({verdict}) => verdict))
  return findings.filter(({verdict}) => named.has(verdict) || verdict === 'FAIL' || verdict === 'UNKNOWN')
}

/** A finding in the words of the expectation it meets, or in its own where it meets none. */
function shape(finding: Finding, expected: readonly ExpectedFinding[]): object {
  const met = expected.find((one) => meets(finding, one))
  if (met !== undefined) return met
  const {verdict, region, resource, aspect, message, missing} = finding
  return {verdict, region, resource: resource.id, aspect, message, missing: missing.map(({action}) => action)}
}

function meets(finding: Finding, expected: ExpectedFinding): boolean {
  return (
    finding.verdict === expected.verdict &&
    (expected.resource === undefined || finding.resource.id.endsWith(expected.resource)) &&
    (expected.region === undefined || finding.region === expected.region) &&
    (expected.aspect === undefined || finding.aspect === expected.aspect) &&
    (expected.severity === undefined || finding.severity === expected.severity) &&
    (expected.message === undefined || finding.message.includes(expected.message)) &&
    (expected.missing === undefined || finding.missing.some(({action}) => action === expected.missing))
  )
}

function byJson(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

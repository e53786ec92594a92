import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {auditReportSchema} from '../../../src/lib/audit/audit-report.schema.js'
import type {Acceptance} from '../../../src/lib/audit/baseline/baseline.schema.js'
import type {Check, Judged} from '../../../src/lib/audit/check.js'
import type {Severity} from '../../../src/lib/audit/finding.schema.js'
import {type AuditOptions, runAudit} from '../../../src/lib/audit/run-audit.js'
import {CASE_ACCOUNT, contextOf} from '../../support/audit-case.js'

const CONTEXT = contextOf({})

function checkOf(id: string, severity: Severity, judged: readonly Partial<Judged>[]): Check {
  return {
    id,
    family: 'EP',
    severity,
    title: 'It is so',
    why: 'Else it is not.',
    resource: 'thing',
    failsWhen: 'it is not so',
    reads: [],
    references: [],
    judge: () => judged.map((one) => ({...FAILS, ...one})),
  }
}

const FAILS: Judged = {
  verdict: 'FAIL',
  region: 'eu-west-1',
  resource: {type: 'thing', id: 'one'},
  message: 'It is not.',
}

function audit(checks: readonly Check[], options: Partial<AuditOptions> = {}) {
  const rest = {toolVersion: '1.0.0', snapshotFile: null, projectFile: null, failOnUnknown: false, today: '2026-11-21'}
  return runAudit(CONTEXT, {...rest, checks, ...options})
}

function acceptanceOf(fingerprint: string, expires: string): Acceptance {
  const place = {fingerprint, check: 'EP-01', region: 'eu-west-1', resource: 'one'}
  return {...place, reason: 'known', owner: 'platform', acceptedOn: '2026-01-01', expires}
}

describe('findings', () => {
  test('stand worst first, however they were found', () => {
    const checks = [
      checkOf('EP-03', 'low', [{}]),
      checkOf('EP-02', 'high', [{verdict: 'UNKNOWN'}, {resource: {type: 'thing', id: 'two'}, verdict: 'PASS'}]),
      checkOf('EP-01', 'critical', [{region: 'us-east-1'}, {region: 'eu-west-1'}]),
    ]

    const {findings} = audit(checks)

    expect(findings.map(({check, verdict, region}) => [check, verdict, region])).toEqual([
      ['EP-01', 'FAIL', 'eu-west-1'],
      ['EP-01', 'FAIL', 'us-east-1'],
      ['EP-03', 'FAIL', 'eu-west-1'],
      ['EP-02', 'UNKNOWN', 'eu-west-1'],
      ['EP-02', 'PASS', 'eu-west-1'],
    ])
  })

  test('do not depend on the order of checks and judgements', () => {
    const verdicts = ['FAIL', 'UNKNOWN', 'PASS', 'INFO', 'NOT_APPLICABLE'] as const
    const judged = fc.record({
      verdict: fc.constantFrom(...verdicts),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
      resource: fc.constantFrom('a', 'b', 'c').map((id) => ({type: 'thing', id})),
      aspect: fc.constantFrom(undefined, 'x', 'y'),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(judged, {selector: ({region, resource, aspect}) => `${region} ${resource.id} ${aspect}`}),
        fc.infiniteStream(fc.nat()),
        (all, numbers) => {
          const shuffled = all.map((one) => [numbers.next().value, one] as const).toSorted((a, b) => a[0] - b[0])

          const straight = audit([checkOf('EP-01', 'high', all)])
          const other = audit([
            checkOf(
              'EP-01',
              'high',
              shuffled.map(([, one]) => one),
            ),
          ])

          expect(other).toEqual(straight)
        },
      ),
    )
  })

  test('of one place are one, the worst', () => {
    const {findings} = audit([checkOf('EP-01', 'high', [{verdict: 'PASS'}, {verdict: 'FAIL'}, {verdict: 'UNKNOWN'}])])

    expect(findings.map(({verdict}) => verdict)).toEqual(['FAIL'])
  })

  test('keep their fingerprint when message, evidence and severity change', () => {
    const [before] = audit([checkOf('EP-01', 'high', [{}])]).findings
    const [after] = audit([checkOf('EP-01', 'low', [{message: 'Otherwise.', severity: 'info'}])]).findings

    expect(after?.fingerprint).toBe(before?.fingerprint)
  })

  test('have another fingerprint for another aspect, Region or check', () => {
    const checks = [
      checkOf('EP-01', 'high', [{}, {aspect: 'x'}, {region: 'us-east-1'}, {resource: {type: 'thing', id: 'two'}}]),
      checkOf('EP-02', 'high', [{}]),
    ]

    expect(new Set(audit(checks).findings.map(({fingerprint}) => fingerprint)).size).toBe(5)
  })

  test('are one NOT_APPLICABLE where a check has nothing to judge', () => {
    const [only] = audit([checkOf('EP-01', 'high', [])]).findings

    expect(only).toMatchObject({verdict: 'NOT_APPLICABLE', resource: {type: 'account', id: CASE_ACCOUNT}})
  })

  test('are one UNKNOWN where the snapshot never looked', () => {
    const {'kms:keys': _, ...reads} = CONTEXT.snapshot.reads
    const check = {...checkOf('EP-01', 'high', []), reads: ['kms:keys'] as const}
    const rest = {
      toolVersion: '1.0.0',
      snapshotFile: null,
      projectFile: null,
      failOnUnknown: false,
      today: '2026-11-21',
    }

    const {findings} = runAudit({...CONTEXT, snapshot: {...CONTEXT.snapshot, reads}}, {...rest, checks: [check]})

    expect(findings).toMatchObject([
      {verdict: 'UNKNOWN', missing: [{action: 'kms:DescribeKey', code: 'NOT_COLLECTED'}]},
    ])
  })

  test('make a report that fits its schema', () => {
    const report = audit([checkOf('EP-01', 'high', [{}, {verdict: 'UNKNOWN', aspect: 'x'}])], {failOn: 'high'})

    expect(auditReportSchema.safeParse(report).error).toBeUndefined()
    expect(report.summary).toMatchObject({FAIL: 1, UNKNOWN: 1, PASS: 0})
    expect(report.failures).toMatchObject({high: 1, critical: 0})
  })
})

describe('the gate', () => {
  const checks = [checkOf('EP-01', 'medium', [{}]), checkOf('EP-02', 'critical', [{verdict: 'UNKNOWN'}])]

  test('is not there unless asked for', () => {
    expect(audit(checks).gate).toBeUndefined()
  })

  test.each([
    ['medium', false, false],
    ['low', false, false],
    ['high', false, true],
    ['high', true, false],
  ] as const)('at %s, with unknown %s: passed %s', (failOn, failOnUnknown, passed) => {
    expect(audit(checks, {failOn, failOnUnknown}).gate?.passed).toBe(passed)
  })

  test('names what fails, and no more than a few', () => {
    const many = Array.from({length: 30}, (_, index) => ({resource: {type: 'thing', id: `thing-${index}`}}))

    const gate = audit([checkOf('EP-01', 'high', many)], {failOn: 'high'}).gate

    expect(gate?.failures).toHaveLength(21)
    expect(gate?.failures.at(-1)).toBe('and 10 more findings')
  })
})

describe('a baseline', () => {
  const checks = [checkOf('EP-01', 'high', [{}])]
  const fingerprint = audit(checks).findings[0]?.fingerprint ?? ''

  test('mutes what is accepted, and the gate passes', () => {
    const accepted = [acceptanceOf(fingerprint, '2026-11-21')]

    const report = audit(checks, {failOn: 'high', baseline: {file: 'b.json', accepted}})

    expect(report.findings[0]).toMatchObject({verdict: 'MUTED', muted: {owner: 'platform', expires: '2026-11-21'}})
    expect(report.gate?.passed).toBe(true)
    expect(report.baseline).toMatchObject({muted: 1, expired: [], unused: []})
  })

  test('that is over lets the finding fail again, and says so', () => {
    const accepted = [acceptanceOf(fingerprint, '2026-11-20')]

    const report = audit(checks, {failOn: 'high', baseline: {file: 'b.json', accepted}})

    expect(report.findings[0]?.verdict).toBe('FAIL')
    expect(report.gate?.passed).toBe(false)
    expect(report.baseline).toMatchObject({muted: 0, expired: [fingerprint], unused: []})
  })

  test('names acceptances that nothing needs', () => {
    const accepted = [acceptanceOf('0123456789abcdef', '2027-01-01')]

    expect(audit(checks, {baseline: {file: 'b.json', accepted}}).baseline?.unused).toEqual(['0123456789abcdef'])
  })

  test('mutes no UNKNOWN', () => {
    const unknown = [checkOf('EP-01', 'high', [{verdict: 'UNKNOWN'}])]
    const accepted = [acceptanceOf(fingerprint, '2027-01-01')]

    expect(audit(unknown, {baseline: {file: 'b.json', accepted}}).findings[0]?.verdict).toBe('UNKNOWN')
  })
})

import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {AuditReport} from '../../../../src/lib/audit/audit-report.schema.js'
import {reportText} from '../../../../src/lib/audit/report/render-format.js'
import {findingOf, fullReport, reportOf} from '../../../support/audit-report.js'
import {hostilePair} from '../../../support/hostile-report.js'
import {officialSchema, xmlBreaches} from '../../../support/official-schema.js'

const RUNS = {numRuns: 20}
const EMPTY = reportOf([])

describe('SARIF', () => {
  const breaches = officialSchema('sarif-2.1.0.json')
  const logOf = async (report: AuditReport) => JSON.parse(await reportText('sarif', report))

  test('the log is what the schema of OASIS demands', async () => {
    expect(breaches(await logOf(fullReport({simulated: true})))).toEqual([])
    expect(breaches(await logOf(EMPTY))).toEqual([])
    expect(breaches({version: '2.1.0'})).not.toEqual([])
  })

  test('hostile text leaves it valid and makes no link', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePair, async ({hostile}) => {
        const log = await logOf(hostile)

        expect(breaches(log)).toEqual([])
        for (const {message} of log.runs[0].results) expect(message.text).not.toContain('](')
      }),
      RUNS,
    )
  })

  test('only failures have a level; what is not one says what it is', async () => {
    const {results} = (await logOf(fullReport())).runs[0]

    const said = results.map(({kind, level, properties}: SarifResult) => `${properties.verdict} ${kind} ${level}`)
    expect([...new Set(said)].sort()).toEqual([
      'FAIL fail error',
      'FAIL fail note',
      'FAIL fail warning',
      'INFO informational none',
      'MUTED fail error',
      'NOT_APPLICABLE notApplicable none',
      'PASS pass none',
      'UNKNOWN open none',
    ])
  })

  test('what the baseline accepts is suppressed with its reason', async () => {
    const {results} = (await logOf(fullReport())).runs[0]

    expect(results.filter(({suppressions}: SarifResult) => suppressions)).toMatchObject([
      {
        ruleId: 'LOG-09',
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: 'The archive account keeps them. (security@example.com, until 2027-03-01)',
          },
        ],
      },
    ])
  })

  test('a result has its resource as logical location and a fingerprint that stays', async () => {
    const report = fullReport()
    const [run] = (await logOf(report)).runs

    expect(run.results[0]).toMatchObject({
      ruleId: 'IAM-10',
      ruleIndex: 0,
      locations: [{logicalLocations: [{name: 'bot', fullyQualifiedName: 'global/arn:aws:iam::111122223333:user/bot'}]}],
      partialFingerprints: {'bedrockctl/v1': report.findings[0]?.fingerprint},
    })
    expect(run.tool.driver.rules[0].properties).toMatchObject({
      'security-severity': '9.5',
      tags: ['security', 'bedrock', 'permissions'],
    })
  })
})

interface SarifResult {
  readonly kind: string
  readonly level: string
  readonly properties: {readonly verdict: string}
  readonly suppressions?: readonly object[]
}

describe('JUnit', () => {
  const SCHEMA = 'junit-jenkins.xsd'

  test('the document is what the schema of Jenkins demands', async () => {
    expect(await xmlBreaches(await reportText('junit', fullReport({simulated: true})), SCHEMA)).toEqual([])
    expect(await xmlBreaches(await reportText('junit', EMPTY), SCHEMA)).toEqual([])
    expect(await xmlBreaches('<testsuites><other/></testsuites>', SCHEMA)).not.toEqual([])
  })

  test('hostile text leaves it well-formed and valid', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePair, async ({hostile}) => {
        expect(await xmlBreaches(await reportText('junit', hostile), SCHEMA)).toEqual([])
      }),
      {numRuns: 8},
    )
  })

  test('a family is a suite that counts its failures, errors and skipped cases', async () => {
    const text = await reportText('junit', fullReport())

    expect(text).toContain('<testsuite name="LOG Logging" package="bedrockctl.audit"')
    expect(text).toMatch(/name="LOG Logging".* tests="15" failures="14" errors="0" skipped="1"/)
    expect(text).toMatch(/name="ENC Encryption".* tests="4" failures="0" errors="4" time="0"/)
  })

  test('a failure fails, the unknown is an error, what is accepted or not judged is skipped', async () => {
    const text = await reportText('junit', fullReport())

    expect(text).toContain('<failure type="critical" message="The API key never expires.">')
    expect(text).toContain('<error type="unknown" message="The key policy was not read.">')
    expect(text).toContain(
      '<skipped>MUTED: Logs are kept for 90 days. (accepted by security@example.com until 2027-03-01',
    )
    expect(text).toContain('<skipped>NOT_APPLICABLE: There is no agent to judge.</skipped>')
  })
})

describe('OCSF', () => {
  // The standard publishes no JSON Schema file: this one is ours, written from its text (test/support/schemas).
  const breaches = officialSchema('ocsf-compliance-finding.json')
  const eventsOf = async (report: AuditReport) =>
    (await reportText('ocsf', report))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))

  test('every line is a Compliance Finding', async () => {
    const events = await eventsOf(fullReport({simulated: true}))

    expect(events).toHaveLength(fullReport().findings.length)
    expect(events.flatMap(breaches)).toEqual([])
    expect(breaches({class_uid: 2003})).not.toEqual([])
  })

  test('hostile text leaves it valid', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePair, async ({hostile}) => {
        expect((await eventsOf(hostile)).flatMap(breaches)).toEqual([])
      }),
      RUNS,
    )
  })

  test('verdicts become states of compliance and of work', async () => {
    const events = await eventsOf(fullReport())

    const said = events.map(({unmapped, compliance, status}) => `${unmapped.verdict}: ${compliance.status}, ${status}`)
    expect([...new Set(said)].sort()).toEqual([
      'FAIL: Fail, New',
      'INFO: Informational, New',
      'MUTED: Fail, Suppressed',
      'NOT_APPLICABLE: Not Applicable, Resolved',
      'PASS: Pass, Resolved',
      'UNKNOWN: Unknown, New',
    ])
  })

  test('the time is when the account was read', async () => {
    const [event] = await eventsOf(fullReport())

    expect(event.time).toBe(Date.parse('2026-11-21T09:14:05.123Z'))
  })
})

describe('ASFF', () => {
  const breaches = officialSchema('asff-batch-import-findings.json')
  const batchesOf = async (report: AuditReport): Promise<readonly Batch[]> =>
    JSON.parse(await reportText('asff', report))

  test('every batch is a request that the service model of Security Hub takes', async () => {
    const batches = await batchesOf(fullReport({simulated: true}))

    expect(batches.flatMap(breaches)).toEqual([])
    expect(await batchesOf(EMPTY)).toEqual([])
    expect(breaches({Findings: []})).not.toEqual([])
  })

  test('hostile text leaves it valid and within the lengths that Security Hub documents', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePair, async ({hostile}) => {
        const batches = await batchesOf(hostile)

        expect(batches.flatMap(breaches)).toEqual([])
        for (const finding of batches.flatMap(({Findings}) => Findings)) {
          expect(finding.Title.length).toBeLessThanOrEqual(256)
          expect(finding.Description.length).toBeLessThanOrEqual(1024)
          expect(finding.Resources.every(({Id}) => Id.length <= 512)).toBe(true)
        }
      }),
      RUNS,
    )
  })

  test('a batch has at most 100 findings, all of one Region', async () => {
    const findings = Array.from({length: 250}, (_, at) =>
      findingOf({region: 'eu-central-1', resource: {type: 'role', id: `role-${at}`}}),
    )

    const batches = await batchesOf(reportOf([...findings, findingOf({region: 'us-east-1'})]))

    expect(batches.map(({Findings}) => Findings.length)).toEqual([100, 100, 50, 1])
    for (const {Findings} of batches) expect(new Set(Findings.map(({Region}) => Region)).size).toBe(1)
  })

  test('an id is the same whatever else the report holds', async () => {
    const [alone] = await batchesOf(reportOf([findingOf()]))
    const all = await batchesOf(
      reportOf([findingOf(), findingOf({check: 'IAM-02'})], {takenAt: '2027-01-01T00:00:00Z'}),
    )

    const ids = all.flatMap(({Findings}) => Findings.map(({Id}) => Id))
    expect(ids).toContain(alone?.Findings[0]?.Id)
    expect(new Set(ids).size).toBe(2)
  })

  test('what is global is told to the first Region, in the partition of the account', async () => {
    const [batch] = await batchesOf(reportOf([findingOf()], {partition: 'aws-us-gov', regions: ['us-gov-west-1']}))

    expect(batch?.Findings[0]?.ProductArn).toBe(
      'arn:aws-us-gov:securityhub:us-gov-west-1:111122223333:product/111122223333/default',
    )
  })

  test('verdicts become states of compliance and of work', async () => {
    const findings = (await batchesOf(fullReport())).flatMap(({Findings}) => Findings)

    const said = findings.map(
      ({ProductFields, Compliance, Workflow}) =>
        `${ProductFields['bedrockctl/Verdict']}: ${Compliance?.Status}, ${Workflow.Status}`,
    )
    expect([...new Set(said)].sort()).toEqual([
      'FAIL: FAILED, NEW',
      'INFO: undefined, NEW',
      'MUTED: FAILED, SUPPRESSED',
      'NOT_APPLICABLE: NOT_AVAILABLE, RESOLVED',
      'PASS: PASSED, RESOLVED',
      'UNKNOWN: WARNING, NEW',
    ])
  })
})

interface Batch {
  readonly Findings: readonly {
    readonly Id: string
    readonly Title: string
    readonly Description: string
    readonly Region: string
    readonly ProductArn: string
    readonly ProductFields: Readonly<Record<string, string>>
    readonly Compliance?: {readonly Status: string}
    readonly Workflow: {readonly Status: string}
    readonly Resources: readonly {readonly Id: string}[]
  }[]
}

import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {auditView} from '../../../../src/lib/audit/report/render-audit.js'
import {renderAnswer} from '../../../../src/lib/output/render-answer.js'
import type {Terminal} from '../../../../src/lib/output/terminal.js'
import {widthOf} from '../../../../src/lib/output/wrap.js'
import {findingOf, fullReport, reportOf} from '../../../support/audit-report.js'
import {hostilePair} from '../../../support/hostile-report.js'
import {PIPE, terminalOf} from '../../../support/terminals.js'
import {parseCsv} from '../../output/parse-csv.js'

function print(report = fullReport(), {all = false, format = 'table', terminal = terminalOf(80) as Terminal} = {}) {
  return renderAnswer(report, auditView({all}), {format, query: undefined, terminal})
}

describe('the terminal report', () => {
  test('a failure shows its severity, check, resource, message, evidence and fix', async () => {
    const text = await print()

    expect(text).toContain(`CRITICAL  IAM-10  A Bedrock API key expires
          bot  iam-user
            The API key never expires.
            configured  ExpirationDate: none
            fix  Delete the key and let the workload assume a role.`)
  })

  test('what is so of several resources is said once, and no more than ten are named', async () => {
    const text = await print()

    expect(text.match(/Nothing logs what is sent to models\./g)).toHaveLength(1)
    expect(text.match(/^ +us-test-\d+ {2}region$/gm)).toHaveLength(10)
    expect(text).toContain('          and 4 more: -o json lists them')
  })

  test('failures come worst first', async () => {
    const text = await print()

    const marks = text.match(/^(CRITICAL|HIGH|MEDIUM|LOW|INFO|UNKNOWN)/gm)
    expect(marks).toEqual(['CRITICAL', 'HIGH', 'HIGH', 'MEDIUM', 'LOW', 'INFO', 'UNKNOWN'])
  })

  test('what is unknown is told by the action that would settle it', async () => {
    const text = await print()

    expect(text).toContain(`UNKNOWN   6 findings could not be told
          needs  kms:GetKeyPolicy: ENC-11 ×4 (denied)
          needs  organizations:ListPolicies: IAM-22 (not in the snapshot)
          TH-01  bot: Too few calls.`)
  })

  test('the counts, the gate and the next step come last', async () => {
    const text = await print()

    expect(
      text.endsWith(`
14 checks   6 fail   3 unknown   1 for information   2 pass   1 accepted
1 not applicable
20 findings fail: 1 critical, 3 high, 14 medium, 1 low, 1 info
Baseline baseline.yaml: 1 accepted, 1 expired and counted again, 1 no longer
found
  expired: 0123456789abcdef
  no longer found: fedcba9876543210
FAIL  gate: no finding of severity high or worse

Next  IAM-10 (critical), bot: Delete the key and let the workload assume a role.
      Allowing kms:GetKeyPolicy settles 4 unknown findings.
      Evidence, commands and policy changes: --report html=audit.html`),
    ).toBe(true)
  })

  test('a clean account needs few lines and no next step', async () => {
    const text = await print(
      reportOf([findingOf({verdict: 'PASS'})], {gate: {requirement: 'r', passed: true, failures: []}}),
    )

    expect(text).toBe(`Account 111122223333   eu-central-1, us-east-1   read 2026-11-21 09:14 UTC

1 check   1 pass
Nothing fails.
PASS  gate: r`)
  })

  test('passes are named only when all is asked for', async () => {
    const [brief, all] = await Promise.all([print(), print(fullReport(), {all: true})])

    expect(brief).not.toContain('RES-01')
    expect(all).toContain('PASS      RES-01  Calls have a second Region to go to')
    expect(all).toContain('MUTED     LOG-09')
    expect(all).toContain('N/A       AG-03')
    expect(all.match(/^ +us-test-\d+ {2}region$/gm)).toHaveLength(14)
  })

  test('a simulated report says so in its first line', async () => {
    const text = await print(fullReport({simulated: true}))

    expect(text.split('\n')[0]).toMatch(/^simulated/)
  })

  test.each([40, 60, 80, 120])('no line is wider than a terminal of %i columns', async (width) => {
    const text = await print(fullReport({simulated: true}), {all: true, terminal: terminalOf(width)})

    expect(text.split('\n').filter((line) => widthOf(line) > width)).toEqual([])
  })

  test('without colour the same words stand there', async () => {
    const [plain, painted] = await Promise.all([
      print(),
      print(fullReport(), {terminal: terminalOf(80, {color: true})}),
    ])

    expect(painted).toContain('\u001B[31mCRITICAL')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what this removes.
    expect(painted.replace(/\u001B\[\d+m/g, '')).toBe(plain)
  })

  test('off a terminal resources have their full ids and nothing is wrapped', async () => {
    const text = await print(fullReport(), {terminal: PIPE})

    expect(text).toContain('arn:aws:iam::111122223333:role/app-prod  role, bedrock:InvokeModel')
    expect(text).toContain('read 2026-11-21T09:14:05.123Z, from snapshot.json')
  })

  test('a long message ends at a word, and is whole off a terminal', async () => {
    const message = 'word '.repeat(200).trim()
    const report = reportOf([findingOf({message, fix: {summary: 'Say less.', cli: []}})])
    const [short, whole] = await Promise.all([print(report), print(report, {terminal: PIPE})])

    expect(short).toContain('word…\n')
    expect(short.match(/word/g)?.length).toBe(80)
    expect(whole).toContain(message)
  })

  test('only ASCII is added where only ASCII is safe', async () => {
    const text = await print(fullReport(), {terminal: terminalOf(80, {unicode: false})})

    expect(text).toMatch(/^[\x20-\x7E\n]*$/)
  })

  test('hostile text reaches the terminal without control characters, and fits', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePair, fc.constantFrom(60, 80), fc.boolean(), async ({hostile}, width, all) => {
        const text = await print(hostile, {all, terminal: terminalOf(width)})

        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u)
        expect(text.split('\n').every((line) => widthOf(line) <= width)).toBe(true)
        expect(text.length).toBeLessThan(40_000)
      }),
      {numRuns: 40},
    )
  })
})

describe('rows and columns', () => {
  test('a CSV record holds what a finding says', async () => {
    const [header, first] = parseCsv(await print(fullReport(), {format: 'csv'}))

    expect(header).toEqual([
      'check',
      'severity',
      'verdict',
      'region',
      'resource-type',
      'resource-id',
      'resource-name',
      'aspect',
      'message',
      'fix',
      'missing',
      'fingerprint',
    ])
    expect(first?.slice(0, 7)).toEqual([
      'IAM-10',
      'critical',
      'FAIL',
      'global',
      'iam-user',
      'arn:aws:iam::111122223333:user/bot',
      'bot',
    ])
  })

  test('no cell of a CSV is a formula', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePair, async ({hostile}) => {
        const [, ...records] = parseCsv(await print(hostile, {format: 'csv'}))

        expect(records).toHaveLength(hostile.findings.length)
        for (const cell of records.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
      }),
      {numRuns: 30},
    )
  })

  test('NDJSON has the findings as they are', async () => {
    const lines = (await print(fullReport(), {format: 'ndjson'})).trimEnd().split('\n')

    expect(lines.map((line) => JSON.parse(line))).toEqual(fullReport().findings)
  })
})
